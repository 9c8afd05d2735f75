// A service as gSOAP has it: soapcpp2 writes its WSDL.
//gsoap stock service name: Stock
//gsoap stock service namespace: urn:example:stock
//gsoap stock service location: http://127.0.0.1/stock
//gsoap stock service style: document
//gsoap stock service encoding: literal
//gsoap stock schema namespace: urn:example:stock
#import "stlvector.h"

typedef double xsd__double;
typedef long long xsd__long;
typedef bool xsd__boolean;
typedef std::string xsd__string;

enum stock__Shelf { stock__Shelf__high, stock__Shelf__low };

class stock__Part {
  public:
    @xsd__string number;
    xsd__string label;
    xsd__double weight;
    enum stock__Shelf *shelf 0;
    std::vector<xsd__long> counts 0;
};

class stock__Engine : public stock__Part {
  public:
    xsd__boolean runs;
    stock__Part *starter 0;
};

class stock__Parts {
  public:
    std::vector<stock__Part *> part 0;
};

//gsoap stock service method: turn gives back the parts, the last first
int stock__turn(stock__Parts *parts, xsd__long times, stock__Parts &turned);

//gsoap stock service method: weigh adds up the weights
int stock__weigh(stock__Parts *parts, xsd__double &sum);

//gsoap stock service method: describe says what the service has read
int stock__describe(stock__Parts *parts, xsd__string &words);
