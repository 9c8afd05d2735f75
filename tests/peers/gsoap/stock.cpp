// The service of stock.h, whose WSDL soapcpp2 writes.
#include "soapStockService.h"
#include "Stock.nsmap"
#include "listen.h"
#include <algorithm>
#include <sstream>

static std::string words(const stock__Part *part)
{
    if (!part) return "null";
    std::ostringstream said;
    const stock__Engine *engine = dynamic_cast<const stock__Engine *>(part);
    said << (engine ? "Engine(" : "Part(") << part->number << ", " << part->label << ", " << part->weight;
    said << ", " << (part->shelf ? (*part->shelf == stock__Shelf__low ? "low" : "high") : "null");
    for (LONG64 count : part->counts) said << ", " << count;
    if (engine) said << ", " << engine->runs << ", " << words(engine->starter);
    return said.str() + ")";
}

int StockService::turn(stock__Parts *parts, LONG64 times, stock__Parts &turned)
{
    if (times < 0) return soap_senderfault("Told to turn <backwards>", NULL);
    if (parts) turned.part = parts->part;
    if (times % 2) std::reverse(turned.part.begin(), turned.part.end());
    return SOAP_OK;
}

int StockService::weigh(stock__Parts *parts, double &sum)
{
    sum = 0;
    if (parts) for (const stock__Part *part : parts->part) sum += part->weight;
    return SOAP_OK;
}

int StockService::describe(stock__Parts *parts, std::string &said)
{
    if (parts) for (const stock__Part *part : parts->part) said += words(part) + ";";
    return SOAP_OK;
}

int main()
{
    StockService service(SOAP_C_UTFSTRING);
    return listen_with(service);
}
