// Serves Echo.wsdl with gSOAP: gives back what comes, or fails as it is asked to.
#include "soapEchoBindingService.h"
#include "EchoBinding.nsmap"
#include "words.h"
#include <fstream>
#include <iostream>

int EchoBindingService::Echo(_ns1__Echo *request, _ns1__EchoResponse &response)
{
    std::string token = soap->header && soap->header->ns1__Session ? soap->header->ns1__Session->Token : "";
    std::ofstream("received.txt") << token << '\n' << words(request->Value);
    soap->header = NULL;
    response.Value = request->Value;
    return SOAP_OK;
}

int EchoBindingService::Fail(_ns1__Fail *request, _ns1__FailResponse &response)
{
    soap->header = NULL;
    if (request->How != "fault") return SOAP_OK;
    soap_receiverfault("Told to <fail>", NULL);
    _ns1__Refusal *refusal = soap_new__ns1__Refusal(soap);
    refusal->Why = "No reason";
    SOAP_ENV__Detail *detail = soap_new_SOAP_ENV__Detail(soap);
    detail->ns1__Refusal = refusal;
    if (soap->version == 2) soap->fault->SOAP_ENV__Detail = detail;
    else soap->fault->detail = detail;
    return SOAP_FAULT;
}

int main()
{
    EchoBindingService service(SOAP_C_UTFSTRING);
    service.soap->bind_flags = SO_REUSEADDR;
    service.soap->accept_timeout = 120;
    if (!soap_valid_socket(service.bind("127.0.0.1", 0, 10))) {
        service.soap_stream_fault(std::cerr);
        return 1;
    }
    sockaddr_in name;
    socklen_t length = sizeof name;
    getsockname(service.soap->master, (sockaddr *)&name, &length);
    std::cout << "http://127.0.0.1:" << ntohs(name.sin_port) << std::endl;
    while (soap_valid_socket(service.accept())) {
        service.serve();
        service.destroy();
    }
    return 0;
}
