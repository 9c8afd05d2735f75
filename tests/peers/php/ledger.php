<?php
// Serves Ledger.wsdl, whose messages are in SOAP's encoding, with PHP's SoapServer. With an address, it calls that
// instead, and prints what PHP makes of the answers.
ini_set("soap.wsdl_cache_enabled", "0");

class Account { public $number; public $owner; public $kind; public $balance; public $opened; public $closed; }
class SharedAccount extends Account { public $owners; }
class Node { public $value; public $next; }

const CLASSES = ["classmap" => ["Account" => "Account", "SharedAccount" => "SharedAccount", "Node" => "Node"]];

class Ledger
{
    public function openAccount($account)
    {
        return strlen($account->owner) + ($account instanceof SharedAccount ? count($account->owners) : 0);
    }

    public function findAccounts($owner, $most)
    {
        $one = new SharedAccount();
        [$one->number, $one->owner, $one->kind, $one->balance, $one->closed] = [1, $owner, "savings", "1.50", false];
        $one->owners = ["a", "b"];
        $two = new Account();
        [$two->number, $two->owner, $two->kind, $two->balance, $two->closed] = [$most, null, "current", null, true];
        return [$one, $two, $one];
    }

    public function transfer($from, $to, $amount)
    {
        throw new SoapFault("Server", "refused", null, ["code" => $from->number, "why" => "only $amount"], "Refused");
    }

    public function sum($table)
    {
        return array_map(fn($row) => [array_sum($row)], $table);
    }

    public function turn($node)
    {
        $turned = null;
        for (; $node; $node = $node->next) {
            [$last, $turned] = [$turned, new Node()];
            [$turned->value, $turned->next] = [$node->value, $last];
        }
        return $turned;
    }

    public function status()
    {
        return ["open" => true, "note" => "all is well"];
    }
}

if (!isset($argv[1])) {
    $server = new SoapServer(getenv("WSDL"), CLASSES);
    $server->setClass(Ledger::class);
    $server->handle();
    return;
}

$client = new SoapClient($argv[1] . "?wsdl", CLASSES + ["exceptions" => true, "connection_timeout" => 20]);
$node = new Node();
[$node->value, $node->next] = [2, new Node()];
[$node->next->value, $node->next->next] = [3, null];
$accounts = $client->findAccounts("Ø & co", 5);
echo json_encode([
    "accounts" => array_map(fn($found) => [get_class($found), $found->number, $found->kind], $accounts),
    "sum" => $client->sum([[1.5, 2], [3]]),
    "turned" => $client->turn($node)->value,
    "status" => $client->status(),
]);
