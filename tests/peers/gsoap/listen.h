// Serves on a free port of this machine, and prints the address; ends when nobody calls for two minutes.
#include <iostream>

template <class Service> int listen_with(Service &service)
{
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
