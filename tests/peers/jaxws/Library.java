// A service of JAX-WS, whose WSDL the RI writes itself, in both versions of SOAP.
package library;

import com.sun.net.httpserver.HttpServer;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.jws.Oneway;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.jws.soap.SOAPBinding;
import javax.xml.bind.annotation.XmlAttribute;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlSchemaType;
import javax.xml.bind.annotation.XmlSeeAlso;
import javax.xml.bind.annotation.XmlType;
import javax.xml.datatype.Duration;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.ws.BindingType;
import javax.xml.ws.Endpoint;
import javax.xml.ws.Holder;
import javax.xml.ws.WebFault;

public class Library {
    public enum Genre { NOVEL, POETRY }

    @XmlType(propOrder = {"title", "pages", "price", "bought", "loan", "cover", "genre", "authors", "note"})
    @XmlSeeAlso(Atlas.class)
    public static class Book {
        @XmlAttribute(required = true) public String isbn;
        @XmlAttribute public Boolean lent;
        @XmlElement(required = true) public String title;
        public int pages;
        public BigDecimal price;
        @XmlSchemaType(name = "dateTime") public XMLGregorianCalendar bought;
        public Duration loan;
        public byte[] cover;
        public Genre genre;
        @XmlElement(nillable = true) public List<String> authors = new ArrayList<>();
        @XmlElement(nillable = true, required = true) public String note;
    }

    public static class Atlas extends Book {
        public List<Book> maps = new ArrayList<>();
    }

    public static class Session {
        @XmlElement(required = true) public String user;
        public long since;
    }

    public static class Refusal {
        public String why;
        public int code;
    }

    @WebFault(name = "Refusal", targetNamespace = "urn:example:library")
    public static class RefusalException extends Exception {
        private final Refusal info;

        public RefusalException(String message, Refusal info) {
            super(message);
            this.info = info;
        }

        public Refusal getFaultInfo() { return info; }
    }

    @WebService(name = "Library", serviceName = "LibraryService", targetNamespace = "urn:example:library")
    public static class Wrapped {
        private static final List<String> notes = Collections.synchronizedList(new ArrayList<>());

        @WebMethod
        public Book echo(
                @WebParam(name = "book") Book book,
                @WebParam(name = "session", header = true) Session session,
                @WebParam(name = "answer", header = true, mode = WebParam.Mode.OUT) Holder<String> answer) {
            answer.value = session == null ? "nobody" : session.user + " since " + session.since;
            return book;
        }

        @WebMethod
        public String describe(@WebParam(name = "book") Book book) { return words(book); }

        @WebMethod
        public List<Book> reverse(@WebParam(name = "books") List<Book> books, @WebParam(name = "times") int times) {
            List<Book> turned = new ArrayList<>(books);
            for (int i = 0; i < times; i++) Collections.reverse(turned);
            return turned;
        }

        @WebMethod
        public void refuse(@WebParam(name = "why") String why) throws RefusalException {
            Refusal refusal = new Refusal();
            refusal.why = why;
            refusal.code = 7;
            throw new RefusalException("Refused: " + why, refusal);
        }

        @WebMethod
        public void crash(@WebParam(name = "why") String why) { throw new IllegalStateException(why); }

        @WebMethod @Oneway
        public void note(@WebParam(name = "text") String text) {
            synchronized (notes) { notes.add(text); notes.notifyAll(); }
        }

        @WebMethod
        public List<String> notes(@WebParam(name = "atLeast") int atLeast) throws InterruptedException {
            // A one-way call is answered before it is done.
            long end = System.currentTimeMillis() + 10_000;
            synchronized (notes) {
                while (notes.size() < atLeast && System.currentTimeMillis() < end) notes.wait(100);
                return new ArrayList<>(notes);
            }
        }
    }

    // The same over SOAP 1.2.
    @WebService(name = "Library", serviceName = "LibraryService", targetNamespace = "urn:example:library")
    @BindingType("http://java.sun.com/xml/ns/jaxws/2003/05/soap/bindings/HTTP/")
    public static class Wrapped12 extends Wrapped { }

    // A body that is the element of its only part.
    @WebService(name = "Bare", serviceName = "BareService", targetNamespace = "urn:example:library:bare")
    @SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
    public static class Bare {
        @WebMethod
        @WebResult(name = "turned")
        public String turn(@WebParam(name = "text") String text) {
            return new StringBuilder(text).reverse().toString();
        }

        @WebMethod
        @WebResult(name = "copy")
        public Book copy(@WebParam(name = "original") Book book) { return book; }
    }

    // What the server has read, in the words of Java: nothing of SOAP takes part in it.
    static String words(Object value) {
        if (value instanceof byte[]) return Arrays.toString((byte[]) value);
        if (!(value instanceof Book)) return String.valueOf(value);
        Book book = (Book) value;
        String said = book.getClass().getSimpleName() + "(" + String.join(", ",
            words(book.isbn), words(book.lent), words(book.title), words(book.pages), words(book.price),
            words(book.bought), words(book.loan), words(book.cover), words(book.genre), words(book.authors),
            words(book.note));
        if (value instanceof Atlas) for (Book map : ((Atlas) value).maps) said += ", " + words(map);
        return said + ")";
    }

    // Serves until its input ends.
    public static void main(String[] arguments) throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Endpoint.create(new Wrapped()).publish(http.createContext("/wrapped"));
        Endpoint.create(new Wrapped12()).publish(http.createContext("/wrapped12"));
        Endpoint.create(new Bare()).publish(http.createContext("/bare"));
        http.start();
        System.out.println("http://127.0.0.1:" + http.getAddress().getPort());
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
