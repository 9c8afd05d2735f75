// Services of JAX-WS whose binaries travel by MTOM, in both versions of SOAP, and one of the style rpc.
package archive;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.activation.DataHandler;
import javax.activation.DataSource;
import javax.annotation.Resource;
import javax.jws.Oneway;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.jws.soap.SOAPBinding;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlMimeType;
import javax.xml.bind.annotation.XmlSeeAlso;
import javax.xml.ws.BindingType;
import javax.xml.ws.Endpoint;
import javax.xml.ws.Holder;
import javax.xml.ws.WebFault;
import javax.xml.ws.WebServiceContext;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.soap.MTOM;

public class Archive {
    public static class Document {
        @XmlElement(required = true) public String name;
        public byte[] content;
        @XmlMimeType("application/octet-stream") public DataHandler film;
        public List<byte[]> pages = new ArrayList<>();
    }

    @MTOM
    @WebService(name = "Archive", serviceName = "ArchiveService", targetNamespace = "urn:example:archive")
    public static class Store {
        @Resource public WebServiceContext context;

        @WebMethod
        public Document keep(@WebParam(name = "document") Document document) { return document; }

        // What was read, and in which form it came: after this, the type of the HTTP body.
        @WebMethod
        public String describe(@WebParam(name = "document") Document document) throws Exception {
            String said = document.name + ": " + words(document.content) + ", "
                + (document.film == null ? "null" : words(document.film.getInputStream())) + ", [";
            for (byte[] page : document.pages) said += words(page) + ";";
            return said + "] in " + form();
        }

        @WebMethod
        public String store(@WebParam(name = "film") @XmlMimeType("application/octet-stream") DataHandler film)
                throws Exception {
            return words(film.getInputStream()) + " in " + form();
        }

        @WebMethod
        public @XmlMimeType("application/octet-stream") DataHandler film(@WebParam(name = "size") long size) {
            return new DataHandler(new Film(size));
        }

        private String form() {
            Map<?, ?> headers = (Map<?, ?>) context.getMessageContext().get(MessageContext.HTTP_REQUEST_HEADERS);
            List<?> types = (List<?>) headers.get("Content-type");
            return ((String) types.get(0)).split(";")[0];
        }
    }

    @MTOM
    @WebService(name = "Archive", serviceName = "ArchiveService", targetNamespace = "urn:example:archive")
    @BindingType("http://java.sun.com/xml/ns/jaxws/2003/05/soap/bindings/HTTP/")
    public static class Store12 extends Store { }

    // As many octets as are asked for, from 0 to 250 again and again, made while they are read.
    static class Film implements DataSource {
        private final long size;

        Film(long size) { this.size = size; }

        public InputStream getInputStream() {
            return new InputStream() {
                private long at = 0;

                @Override
                public int read() { return at < size ? (int) (at++ % 251) : -1; }
            };
        }

        public OutputStream getOutputStream() throws IOException { throw new IOException("read only"); }
        public String getContentType() { return "application/octet-stream"; }
        public String getName() { return "film"; }
    }

    static String words(byte[] octets) throws Exception {
        return octets == null ? "null" : words(new ByteArrayInputStream(octets));
    }

    // The size and the digest of what is read.
    static String words(InputStream stream) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[65536];
        long size = 0;
        for (int read; (read = stream.read(piece)) > 0; size += read) digest.update(piece, 0, read);
        StringBuilder said = new StringBuilder().append(size).append(' ');
        for (byte octet : digest.digest()) said.append(String.format("%02x", octet));
        return said.toString();
    }

    @XmlSeeAlso(Transfer.class)
    public static class Entry {
        @XmlElement(required = true) public String text;
        @XmlElement(required = true) public BigDecimal amount;
        @XmlElement(nillable = true) public List<String> tags = new ArrayList<>();
    }

    public static class Transfer extends Entry {
        public String to;
    }

    public static class Refusal {
        public String why;
        public int code;
    }

    @WebFault(name = "Refusal", targetNamespace = "urn:example:ledger")
    public static class RefusalException extends Exception {
        private final Refusal info;

        public RefusalException(String message, Refusal info) {
            super(message);
            this.info = info;
        }

        public Refusal getFaultInfo() { return info; }
    }

    @WebService(name = "Ledger", serviceName = "LedgerService", targetNamespace = "urn:example:ledger")
    @SOAPBinding(style = SOAPBinding.Style.RPC)
    public static class Ledger {
        private static final List<String> notes = Collections.synchronizedList(new ArrayList<>());

        @WebMethod
        @WebResult(name = "booked")
        public Entry book(
                @WebParam(name = "entry") Entry entry,
                @WebParam(name = "times") int times,
                @WebParam(name = "clerk", header = true) String clerk,
                @WebParam(name = "stamp", header = true, mode = WebParam.Mode.OUT) Holder<String> stamp) {
            stamp.value = "by " + clerk;
            entry.amount = entry.amount.multiply(BigDecimal.valueOf(times));
            return entry;
        }

        @WebMethod
        public String describe(@WebParam(name = "entry") Entry entry) {
            String to = entry instanceof Transfer ? " to " + ((Transfer) entry).to : "";
            return entry.getClass().getSimpleName() + " " + entry.text + " " + entry.amount + " " + entry.tags + to;
        }

        // A response of several parts.
        @WebMethod
        public void split(
                @WebParam(name = "amount") long amount,
                @WebParam(name = "ways") long ways,
                @WebParam(name = "each", mode = WebParam.Mode.OUT) Holder<Long> each,
                @WebParam(name = "rest", mode = WebParam.Mode.OUT) Holder<Long> rest) {
            each.value = amount / ways;
            rest.value = amount % ways;
        }

        @WebMethod
        public String[] words(@WebParam(name = "text") String text) { return text.split(" "); }

        @WebMethod
        public void refuse(@WebParam(name = "why") String why) throws RefusalException {
            Refusal refusal = new Refusal();
            refusal.why = why;
            refusal.code = 7;
            throw new RefusalException("Refused: " + why, refusal);
        }

        @WebMethod @Oneway
        public void note(@WebParam(name = "text") String text) {
            synchronized (notes) { notes.add(text); notes.notifyAll(); }
        }

        @WebMethod
        public int noted(@WebParam(name = "text") String text) throws InterruptedException {
            // A one-way call is answered before it is done.
            long end = System.currentTimeMillis() + 10_000;
            synchronized (notes) {
                while (!notes.contains(text) && System.currentTimeMillis() < end) notes.wait(100);
                return Collections.frequency(notes, text);
            }
        }
    }

    // Serves until its input ends.
    public static void main(String[] arguments) throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Endpoint.create(new Store()).publish(http.createContext("/store"));
        Endpoint.create(new Store12()).publish(http.createContext("/store12"));
        Endpoint.create(new Ledger()).publish(http.createContext("/ledger"));
        http.start();
        System.out.println("http://127.0.0.1:" + http.getAddress().getPort());
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
