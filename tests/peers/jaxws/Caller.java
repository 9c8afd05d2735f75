// Calls Echo.wsdl at the address that is given, with the classes that wsimport makes of it.
import example.echo.*;
import java.math.BigDecimal;
import java.net.URL;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.namespace.QName;
import javax.xml.ws.Holder;
import javax.xml.ws.soap.SOAPFaultException;

public class Caller {
    static Labels.Label label(String key, int value) {
        Labels.Label label = new Labels.Label();
        label.setKey(key);
        label.setValue(value);
        return label;
    }

    static <T extends Item> T item(T item, String name, Colour colour) {
        item.setName(name);
        item.setColour(colour);
        return item;
    }

    static Special special(String name, Colour colour, int extra) {
        Special special = item(new Special(), name, colour);
        special.setExtra(extra);
        return special;
    }

    static Everything everything() throws Exception {
        Everything value = new Everything();
        value.setText("<\u00e6&\"'> ]]>\n\ud83d\udce7 two  spaces");
        value.setNumber(Integer.MIN_VALUE);
        value.setFlag(true);
        value.setPrice(new BigDecimal("1.25"));
        value.setWhen(DatatypeFactory.newInstance().newXMLGregorianCalendar("2026-01-02T03:04:05.678Z"));
        value.setData(new byte[] {0, 1, -1});
        value.setOne(special("derived", Colour.GREEN, 5));
        ArrayOfItem items = new ArrayOfItem();
        items.getItem().add(item(new Item(), "a", null));
        items.getItem().add(null);
        items.getItem().add(special("b", Colour.RED, 1));
        value.setItems(items);
        Labels labels = new Labels();
        labels.getLabel().add(label("x", 1));
        labels.getLabel().add(label("\u00f8", -2));
        value.setLabels(labels);
        Everything inner = new Everything();
        inner.setText("");
        inner.setNothing("");
        value.setInner(inner);
        return value;
    }

    static Object time(Everything value) {
        return value.getWhen() == null ? null : value.getWhen().toGregorianCalendar().getTimeInMillis();
    }

    static String words(Everything value) {
        if (value == null) return "null";
        StringBuilder said = new StringBuilder();
        said.append(value.getText()).append('|').append(value.getNumber()).append('|').append(value.isFlag());
        said.append('|').append(value.getPrice()).append('|').append(time(value)).append('|');
        for (byte octet : value.getData() == null ? new byte[0] : value.getData()) said.append(octet).append(',');
        said.append('|').append(value.getNothing()).append('|');
        if (value.getOne() != null) said.append(words(value.getOne()));
        if (value.getItems() != null)
            for (Item item : value.getItems().getItem()) said.append('|').append(words(item));
        if (value.getLabels() != null)
            for (Labels.Label label : value.getLabels().getLabel())
                said.append('|').append(label.getKey()).append('=').append(label.getValue());
        return said.append('|').append(value.getInner() == null ? "" : words(value.getInner())).toString();
    }

    static String words(Item item) {
        if (item == null) return "null";
        String extra = item instanceof Special ? "+" + ((Special) item).getExtra() : "";
        return item.getClass().getSimpleName() + ":" + item.getName() + ":" + item.getColour() + extra;
    }

    public static void main(String[] arguments) throws Exception {
        URL wsdl = new URL(arguments[0] + "?wsdl");
        Echo echo = new EchoService(wsdl, new QName("urn:example:echo", "EchoService")).getEchoPort();
        Session session = new Session();
        session.setToken("t <&>");
        Everything sent = everything();
        Holder<Everything> value = new Holder<>(sent);
        echo.echo(value, session, new Holder<>(), new Holder<>());
        System.out.println("same=" + words(sent).equals(words(value.value)) + " " + (sent != value.value));
        System.out.println("items=" + words(value.value).split("\\|", 8)[7].replace("\n", " "));
        try {
            echo.fail("fault", session, new Holder<>(), new Holder<>());
        } catch (SOAPFaultException fault) {
            System.out.println("fault=" + fault.getFault().getFaultString());
        }
    }
}
