// A value of Echo.wsdl in words of C++: nothing of SOAP takes part in it.
#include "soapH.h"
#include <sstream>

inline std::string words(const ns1__Item *item)
{
    if (!item) return "null";
    std::ostringstream said;
    const ns1__Special *special = dynamic_cast<const ns1__Special *>(item);
    // gSOAP's class for Special has the members of Item once more, and fills these.
    const std::string &name = special ? special->Name : item->Name;
    const ns1__Colour *colour = special ? special->Colour : item->Colour;
    said << (special ? "Special:" : "Item:") << name << ':';
    if (colour) said << (*colour == ns1__Colour__green ? "green" : "red");
    if (special) said << '+' << special->Extra;
    return said.str();
}

inline std::string words(const ns1__Everything *value)
{
    if (!value) return "null";
    std::ostringstream said;
    said << value->Text << '|' << value->Number << '|' << value->Flag << '|';
    if (value->Price) said << *value->Price;
    said << '|';
    if (value->When) said << *value->When;
    said << '|';
    if (value->Data)
        for (int i = 0; i < value->Data->__size; i++) said << (int)value->Data->__ptr[i] << ',';
    said << '|' << (value->Nothing ? "'" + *value->Nothing + "'" : "nil") << '|';
    if (value->One) said << words(value->One);
    if (value->Items)
        for (const ns1__Item *item : value->Items->Item) said << '|' << words(item);
    if (value->Labels)
        for (const auto &label : value->Labels->Label) said << '|' << label.Key << '=' << label.Value;
    said << '|';
    if (value->Inner) said << words(value->Inner);
    return said.str();
}
