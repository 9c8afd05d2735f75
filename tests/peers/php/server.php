<?php
// Serves Echo.wsdl with PHP's SoapServer, in PHP's own web server: gives back what comes, or fails as it is asked to.
ini_set("soap.wsdl_cache_enabled", "0");
if ($_SERVER["REQUEST_METHOD"] === "GET") {
    echo file_exists(getenv("RECEIVED")) ? file_get_contents(getenv("RECEIVED")) : "";
    return;
}

class Item { public $Name; public $Colour; }
class Special extends Item { public $Extra; }

class EchoService
{
    private $token = null;

    public function Session($session)
    {
        $this->token = $session->Token;
    }

    public function Echo($parameters)
    {
        file_put_contents(getenv("RECEIVED"), json_encode(
            ["token" => $this->token, "value" => self::plain($parameters->Value ?? null)]));
        return ["Value" => $parameters->Value ?? null];
    }

    public function Fail($parameters)
    {
        if ($parameters->How === "fault") {
            throw new SoapFault("Server", "Told to <fail>", null, ["Why" => "No reason"], "Refusal");
        }
        if ($parameters->How === "exception") {
            throw new RuntimeException("never mind");
        }
        return [];
    }

    // What was read, with the class of each object and what JSON cannot carry.
    private static function plain($value)
    {
        if (is_object($value)) {
            $members = array_map([self::class, "plain"], get_object_vars($value));
            return ["class" => get_class($value)] + $members;
        }
        if (is_array($value)) {
            return array_map([self::class, "plain"], $value);
        }
        return is_string($value) && !preg_match("//u", $value) ? bin2hex($value) : $value;
    }
}

$server = new SoapServer(getenv("WSDL"), [
    "classmap" => ["Item" => "Item", "Special" => "Special"],
    "features" => SOAP_SINGLE_ELEMENT_ARRAYS,
]);
$server->setClass(EchoService::class);
$server->handle();
