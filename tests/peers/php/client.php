<?php
// Calls Echo.wsdl at the address that is given, by the WSDL that is read from there.
ini_set("soap.wsdl_cache_enabled", "0");

class Item { public $Name; public $Colour; }
class Special extends Item { public $Extra; }

function item(string $class, array $members): object
{
    $item = new $class();
    foreach ($members as $name => $value) $item->$name = $value;
    return $item;
}

$client = new SoapClient($argv[1] . "?wsdl", [
    "classmap" => ["Item" => "Item", "Special" => "Special"],
    "features" => SOAP_SINGLE_ELEMENT_ARRAYS,
    "soap_version" => $argv[2] === "1.2" ? SOAP_1_2 : SOAP_1_1,
    "exceptions" => true,
    "connection_timeout" => 20,
]);
$client->__setSoapHeaders(new SoapHeader("urn:example:echo", "Session", ["Token" => "t <&>"]));
$value = [
    "Text" => "<æ&\"'> ]]>\n\u{1F4E7} two  spaces", "Number" => -2147483648, "Flag" => true,
    "Price" => "1.25", "When" => "2026-01-02T03:04:05.678Z", "Data" => "\x00\x01\xff", "Nothing" => null,
    "One" => item("Special", ["Name" => "derived", "Colour" => "green", "Extra" => 5]),
    "Items" => ["Item" => [
        item("Item", ["Name" => "a", "Colour" => null]),
        null,
        item("Special", ["Name" => "b", "Colour" => "red", "Extra" => 1]),
    ]],
    "Labels" => ["Label" => [["Key" => "x", "Value" => 1], ["Key" => "ø", "Value" => -2]]],
    "Inner" => ["Text" => "", "Number" => 0, "Flag" => false, "Nothing" => ""],
];
$answer = $client->Echo(["Value" => $value]);
$said = $answer->Value;
$fault = null;
try {
    $client->Fail(["How" => "fault"]);
} catch (SoapFault $caught) {
    $fault = ["code" => $caught->faultcode, "reason" => $caught->faultstring];
}
echo json_encode([
    "empty" => $client->Echo([]),
    "text" => $said->Text, "number" => $said->Number, "flag" => $said->Flag, "price" => $said->Price,
    "when" => $said->When, "data" => bin2hex($said->Data), "nothing" => $said->Nothing,
    "one" => [get_class($said->One), $said->One->Extra],
    "items" => array_map(fn($item) => $item === null ? null : [get_class($item), $item->Name], $said->Items->Item),
    "labels" => array_map(fn($label) => [$label->Key, $label->Value], $said->Labels->Label),
    "inner" => [$said->Inner->Text, $said->Inner->Nothing],
    "fault" => $fault,
]);
