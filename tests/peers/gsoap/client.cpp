// Calls Echo.wsdl at the address that is given with gSOAP.
#include "soapEchoBindingProxy.h"
#include "EchoBinding.nsmap"
#include "words.h"
#include <iostream>

static ns1__Item *item(soap *soap, const char *name, ns1__Colour *colour)
{
    ns1__Item *item = soap_new_ns1__Item(soap);
    item->Name = name;
    item->Colour = colour;
    return item;
}

static ns1__Special *special(soap *soap, const char *name, ns1__Colour *colour, int extra)
{
    ns1__Special *special = soap_new_ns1__Special(soap);
    special->ns1__Item::Name = special->Name = name;
    special->ns1__Item::Colour = special->Colour = colour;
    special->Extra = extra;
    return special;
}

int main(int, char **arguments)
{
    EchoBindingProxy proxy(arguments[1], SOAP_C_UTFSTRING);
    soap *soap = proxy.soap;
    ns1__Colour red = ns1__Colour__red, green = ns1__Colour__green;
    std::string price = "1.25", empty;
    time_t when = 1767323045;
    unsigned char octets[] = {0, 1, 255};
    xsd__base64Binary data;
    data.__ptr = octets;
    data.__size = 3;

    ns1__Everything value, inner;
    value.Text = "<\u00e6&\"'> ]]>\n\U0001F4E7 two  spaces";
    value.Number = -2147483647 - 1;
    value.Flag = true;
    value.Price = &price;
    value.When = &when;
    value.Data = &data;
    value.Nothing = NULL;
    value.One = special(soap, "derived", &green, 5);
    value.Items = soap_new_ns1__ArrayOfItem(soap);
    value.Items->Item.push_back(item(soap, "a", NULL));
    value.Items->Item.push_back(special(soap, "b", &red, 1));
    value.Labels = soap_new_ns1__Labels(soap);
    value.Labels->Label.resize(2);
    value.Labels->Label[0].Key = "x";
    value.Labels->Label[0].Value = 1;
    value.Labels->Label[1].Key = "\u00f8";
    value.Labels->Label[1].Value = -2;
    inner.Number = 0;
    inner.Flag = false;
    inner.Nothing = &empty;
    value.Inner = &inner;

    _ns1__Session session;
    session.Token = "t <&>";
    SOAP_ENV__Header header;
    soap_default_SOAP_ENV__Header(soap, &header);
    header.ns1__Session = &session;
    soap->header = &header;

    _ns1__Echo request;
    _ns1__EchoResponse response;
    request.Value = &value;
    if (proxy.Echo(&request, response) != SOAP_OK) {
        proxy.soap_stream_fault(std::cerr);
        return 1;
    }
    std::cout << "same=" << (words(response.Value) == words(&value)) << '\n';
    std::cout << words(response.Value).substr(value.Text.size()) << '\n';

    _ns1__Fail failing;
    _ns1__FailResponse nothing;
    failing.How = "fault";
    soap->header = &header;
    if (proxy.Fail(&failing, nothing) != SOAP_OK) std::cout << "fault=" << proxy.soap_fault_string() << '\n';
    return 0;
}
