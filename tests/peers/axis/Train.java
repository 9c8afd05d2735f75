// A service of Axis 1.4, in Axis' own web server, with the WSDL that Axis writes. The style and the use of its messages
// are the arguments.
package train;

import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Calendar;
import org.apache.axis.client.AdminClient;
import org.apache.axis.transport.http.SimpleAxisServer;

public class Train {
    public static class Wagon implements Serializable {
        private String name;
        private int[] seats;
        private BigDecimal weight;
        private Calendar built;
        private byte[] plate;
        private Wagon next;

        public String getName() { return name; }
        public void setName(String value) { name = value; }
        public int[] getSeats() { return seats; }
        public void setSeats(int[] value) { seats = value; }
        public BigDecimal getWeight() { return weight; }
        public void setWeight(BigDecimal value) { weight = value; }
        public Calendar getBuilt() { return built; }
        public void setBuilt(Calendar value) { built = value; }
        public byte[] getPlate() { return plate; }
        public void setPlate(byte[] value) { plate = value; }
        public Wagon getNext() { return next; }
        public void setNext(Wagon value) { next = value; }
    }

    public static class Sleeper extends Wagon {
        private boolean heated;

        public boolean isHeated() { return heated; }
        public void setHeated(boolean value) { heated = value; }
    }

    public Wagon[] turn(Wagon[] wagons) {
        Wagon[] turned = new Wagon[wagons.length];
        for (int i = 0; i < wagons.length; i++) turned[i] = wagons[wagons.length - 1 - i];
        return turned;
    }

    // What the server has read, in the words of Java: nothing of SOAP takes part in it.
    public String describe(Wagon wagon) {
        if (wagon == null) return "null";
        Object built = wagon.getBuilt() == null ? null : wagon.getBuilt().getTimeInMillis();
        String heated = wagon instanceof Sleeper ? ", " + ((Sleeper) wagon).isHeated() : "";
        return wagon.getClass().getSimpleName() + "(" + wagon.getName() + ", " + Arrays.toString(wagon.getSeats()) + ", "
            + wagon.getWeight() + ", " + built + ", " + Arrays.toString(wagon.getPlate()) + ", "
            + describe(wagon.getNext()) + heated + ")";
    }

    public Sleeper sleeper(Sleeper sleeper) { return sleeper; }

    public void crash(String why) { throw new IllegalStateException(why); }

    private static String deployment(String style, String use) {
        return
        "<deployment xmlns='http://xml.apache.org/axis/wsdd/' xmlns:java='http://xml.apache.org/axis/wsdd/providers/java'>"
        + "<service name='Train' provider='java:RPC' style='" + style + "' use='" + use + "'>"
        + "<parameter name='className' value='train.Train'/>"
        + "<parameter name='allowedMethods' value='turn describe sleeper crash'/>"
        + "<namespace>urn:example:train</namespace>"
        + "<beanMapping qname='t:Wagon' xmlns:t='urn:example:train' languageSpecificType='java:train.Train$Wagon'/>"
        + "<beanMapping qname='t:Sleeper' xmlns:t='urn:example:train' languageSpecificType='java:train.Train$Sleeper'/>"
        + "</service></deployment>";
    }

    // Serves until its input ends.
    public static void main(String[] arguments) throws Exception {
        SimpleAxisServer server = new SimpleAxisServer();
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setServerSocket(socket);
        server.start(true);
        AdminClient admin = new AdminClient();
        admin.setTargetEndpointAddress(
            new java.net.URL("http://127.0.0.1:" + socket.getLocalPort() + "/axis/services/AdminService"));
        admin.process(new ByteArrayInputStream(deployment(arguments[0], arguments[1]).getBytes("UTF-8")));
        System.out.println("http://127.0.0.1:" + socket.getLocalPort() + "/axis/services/Train");
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
