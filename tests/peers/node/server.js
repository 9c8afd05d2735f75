// Serves Echo.wsdl with node's soap package: gives back what comes, or fails as it is asked to.
"use strict";

const fs = require("fs");
const http = require("http");
const path = require("path");
const soap = require(path.join(process.argv[2], "node_modules", "soap"));

const wsdl = fs.readFileSync(process.argv[3], "utf8");
const received = [];
let headers = [];

const operations = {
  Echo(args, callback, soapHeaders) {
    received.push({ args, headers: soapHeaders });
    return JSON.parse(JSON.stringify(args)); // the package writes dates only as texts
  },
  Fail(args, callback, soapHeaders, request) {
    if (args.How === "hang up") {
      request.socket.destroy();
      return {};
    }
    if (args.How === "fault") {
      throw {
        Fault: {
          faultcode: "soap:Server",
          faultstring: "Told to <fail>",
          detail: { Refusal: { attributes: { xmlns: "urn:example:echo" }, Why: "No reason" } },
        },
      };
    }
    return {};
  },
};

const server = http.createServer((request, response) => {
  if (request.url === "/received") {
    response.end(JSON.stringify(received));
  } else {
    response.statusCode = 404;
    response.end();
  }
});

server.listen(0, "127.0.0.1", () => {
  const services = { EchoService: { EchoPort: operations } };
  const ready = () => {
    // What it gives back may name its type, as it got it; the package declares no prefix by itself.
    service.wsdl.xmlnsInEnvelope += ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    service.wsdl.xmlnsInEnvelope += ' xmlns:echo="urn:example:echo"';
    console.log(`http://127.0.0.1:${server.address().port}/echo`);
  };
  const callback = () => setImmediate(ready);
  const service = soap.listen(server, { path: "/echo", services, xml: wsdl, callback });
  service.addSoapHeader((method, args) =>
    method === "Fail" && args.How === "headers"
      ? "<tns:ExceptionInfo><tns:Message>No access</tns:Message>" +
        "<tns:ExceptionType>SoAccess</tns:ExceptionType></tns:ExceptionInfo>" +
        "<tns:Succeeded>false</tns:Succeeded>"
      : "<tns:Succeeded>true</tns:Succeeded>",
  );
});
