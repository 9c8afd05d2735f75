// Serves Echo.wsdl with gSOAP: gives back what comes, or fails as it is asked to.
#include "soapEchoBindingService.h"
#include "EchoBinding.nsmap"
#include "listen.h"
#include "words.h"
#include <fstream>

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
    return listen_with(service);
}
