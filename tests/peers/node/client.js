// Calls Echo.wsdl at the address that is given with node's soap package, by the WSDL that is read from there.
"use strict";

const path = require("path");
const soap = require(path.join(process.argv[2], "node_modules", "soap"));

const SPECIAL = { xsi_type: { prefix: "tns", xmlns: "urn:example:echo", type: "Special" } };

const value = {
  Text: "<æ&\"'> ]]>\n\u{1F4E7} two  spaces",
  Number: -2147483648,
  Flag: true,
  Price: "1.25",
  When: "2026-01-02T03:04:05.678Z",
  Data: "AAH/",
  Nothing: null,
  One: { attributes: SPECIAL, Name: "derived", Colour: "green", Extra: 5 },
  Items: {
    Item: [{ Name: "a" }, { attributes: SPECIAL, Name: "b", Colour: "red", Extra: 1 }],
  },
  Labels: { Label: [{ Key: "x", Value: 1 }, { Key: "ø", Value: -2 }] },
  Inner: { Text: "", Number: 0, Flag: false, Nothing: "" },
};

async function main() {
  const client = await soap.createClientAsync(process.argv[3] + "?wsdl");
  client.addSoapHeader({ Session: { Token: "t <&>" } }, "", "tns", "urn:example:echo");
  const [echo] = await client.EchoAsync({ Value: value });
  let fault = null;
  try {
    await client.FailAsync({ How: "fault" });
  } catch (error) {
    fault = error.root.Envelope.Body.Fault.faultstring;
  }
  console.log(JSON.stringify({ echo, fault }));
}

main().catch((error) => {
  console.error(error.stack);
  process.exit(1);
});
