// A service of WCF, with data contracts of the kinds that WCF has, and a WSDL that WCF writes itself.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Serialization;
using System.ServiceModel;
using System.ServiceModel.Description;
using System.Threading;

namespace Zoo
{
    [DataContract(Namespace = "urn:example:zoo")]
    public enum Mood { [EnumMember] Calm, [EnumMember(Value = "very-angry")] Angry }

    [Flags]
    [DataContract(Namespace = "urn:example:zoo")]
    public enum Diet
    {
        [EnumMember] None = 0, [EnumMember] Grass = 1, [EnumMember] Fish = 2, [EnumMember] Meat = 4,
    }

    [DataContract(Namespace = "urn:example:zoo")]
    [KnownType(typeof(Lion))]
    [KnownType(typeof(Cub))]
    public class Animal
    {
        [DataMember] public string Name { get; set; }
        [DataMember] public Mood Mood { get; set; }
        [DataMember] public Diet Diet { get; set; }
    }

    [DataContract(Namespace = "urn:example:zoo")]
    public class Lion : Animal
    {
        [DataMember] public double Mane { get; set; }
    }

    [DataContract(Namespace = "urn:example:zoo")]
    public class Cub : Lion
    {
        [DataMember] public Animal Mother { get; set; }
    }

    [DataContract(Namespace = "urn:example:zoo")]
    public class Everything
    {
        [DataMember(IsRequired = true)] public int Number { get; set; }
        [DataMember] public string Text { get; set; }
        [DataMember] public bool Flag { get; set; }
        [DataMember] public long Long { get; set; }
        [DataMember] public short Short { get; set; }
        [DataMember] public byte Byte { get; set; }
        [DataMember] public sbyte SignedByte { get; set; }
        [DataMember] public ulong UnsignedLong { get; set; }
        [DataMember] public float Float { get; set; }
        [DataMember] public double Double { get; set; }
        [DataMember] public decimal Price { get; set; }
        [DataMember] public DateTime When { get; set; }
        [DataMember] public TimeSpan Span { get; set; }
        [DataMember] public Guid Id { get; set; }
        [DataMember] public char Letter { get; set; }
        [DataMember] public byte[] Data { get; set; }
        [DataMember] public int? Maybe { get; set; }
        [DataMember] public Guid? MaybeId { get; set; }
        [DataMember] public Uri Address { get; set; }
        [DataMember] public string[] Words { get; set; }
        [DataMember] public List<int?> Numbers { get; set; }
        [DataMember] public List<Animal> Animals { get; set; }
        [DataMember] public Dictionary<string, int> Counts { get; set; }
        [DataMember] public Dictionary<Guid, Animal> Cages { get; set; }
        [DataMember] public Everything Inner { get; set; }
    }

    [DataContract(Namespace = "urn:example:zoo")]
    public class Refusal
    {
        [DataMember] public string Why { get; set; }
        [DataMember] public int Code { get; set; }
    }

    [ServiceContract(Namespace = "urn:example:zoo")]
    public interface IZoo
    {
        [OperationContract] Everything Echo(Everything value);
        [OperationContract] string Describe(Everything value);
        [OperationContract] Everything Make();
        [OperationContract] List<Animal> Turn(List<Animal> animals, bool backwards);
        [OperationContract] Dictionary<string, int> Count(string[] words);
        [OperationContract] TimeSpan Add(TimeSpan span, Guid id, char letter, Diet diet, int extra);
        [OperationContract][FaultContract(typeof(Refusal))] void Refuse(string why);
        [OperationContract] void Crash(string why);
        [OperationContract(IsOneWay = true)] void Note(string text);
        [OperationContract] string[] Notes(int atLeast);
    }

    [ServiceBehavior(
        Namespace = "urn:example:zoo",
        IncludeExceptionDetailInFaults = true,
        InstanceContextMode = InstanceContextMode.Single)]
    public class ZooService : IZoo
    {
        private readonly List<string> notes = new List<string>();

        public Everything Echo(Everything value) { return value; }

        public string Describe(Everything value) { return Words.Of(value); }

        public Everything Make()
        {
            return new Everything {
                Number = int.MinValue, Text = "<æ&\"'> \U0001f981", Flag = true, Long = long.MaxValue,
                Short = short.MinValue, Byte = 255, SignedByte = -128, UnsignedLong = ulong.MaxValue,
                Float = 1.5f, Double = double.NegativeInfinity, Price = 12345678901234567890.123m,
                When = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
                Span = new TimeSpan(-1, -2, -3, -4, -500),
                Id = new Guid("01234567-89ab-cdef-0123-456789abcdef"), Letter = 'æ',
                Data = new byte[] { 0, 1, 255 }, Maybe = null, Address = new Uri("http://x.test/?a=1&b=2"),
                Words = new[] { "one", null, "" }, Numbers = new List<int?> { 1, null, 3 },
                Animals = new List<Animal> {
                    new Animal { Name = "gnu", Diet = Diet.Grass },
                    null,
                    new Cub {
                        Name = "Simba", Mood = Mood.Angry, Diet = Diet.Fish | Diet.Meat, Mane = 0.1,
                        Mother = new Lion { Name = "Sarabi", Diet = Diet.None },
                    },
                },
                Counts = new Dictionary<string, int> { { "ø", 1 }, { "", -2 } },
                Cages = new Dictionary<Guid, Animal> { { Guid.Empty, new Lion { Name = "L" } } },
                Inner = new Everything { Letter = 'x' },
            };
        }

        public List<Animal> Turn(List<Animal> animals, bool backwards)
        {
            return backwards ? Enumerable.Reverse(animals).ToList() : animals;
        }

        public Dictionary<string, int> Count(string[] words)
        {
            return words.GroupBy(word => word ?? "(null)").ToDictionary(group => group.Key, group => group.Count());
        }

        public TimeSpan Add(TimeSpan span, Guid id, char letter, Diet diet, int extra)
        {
            return span + TimeSpan.FromSeconds(letter + (int)diet + extra)
                + TimeSpan.FromDays(id.ToByteArray()[15]);
        }

        public void Refuse(string why)
        {
            throw new FaultException<Refusal>(new Refusal { Why = why, Code = 7 }, "Refused: " + why);
        }

        public void Crash(string why) { throw new InvalidOperationException(why); }

        public void Note(string text)
        {
            lock (notes) { notes.Add(text); Monitor.PulseAll(notes); }
        }

        public string[] Notes(int atLeast)
        {
            // A one-way call is answered before it is done.
            var end = DateTime.UtcNow.AddSeconds(10);
            lock (notes)
            {
                while (notes.Count < atLeast && DateTime.UtcNow < end) Monitor.Wait(notes, 100);
                return notes.ToArray();
            }
        }
    }

    // What the server has read, in the words of .NET: nothing of SOAP takes part in it.
    public static class Words
    {
        public static string Of(object value)
        {
            if (value == null) return "null";
            var text = value as string;
            if (text != null) return "'" + text + "'";
            if (value is DateTime) return ((DateTime)value).ToString("o", CultureInfo.InvariantCulture);
            if (value is float || value is double)
                return ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture);
            var data = value as byte[];
            if (data != null) return BitConverter.ToString(data);
            var pairs = value as System.Collections.IDictionary;
            if (pairs != null)
                return "{" + string.Join(", ", pairs.Keys.Cast<object>().Select(
                    key => Of(key) + ": " + Of(pairs[key]))) + "}";
            var list = value as System.Collections.IEnumerable;
            if (list != null && !(value is Uri))
                return "[" + string.Join(", ", list.Cast<object>().Select(Of)) + "]";
            if (value.GetType().GetCustomAttributes(typeof(DataContractAttribute), false).Length == 0
                || value is Enum)
                return Convert.ToString(value, CultureInfo.InvariantCulture);
            var members = value.GetType().GetProperties().OrderBy(member => member.Name, StringComparer.Ordinal);
            return value.GetType().Name + "(" + string.Join(", ", members.Select(
                member => member.Name + "=" + Of(member.GetValue(value, null)))) + ")";
        }
    }

    public static class Program
    {
        // Serves until its input ends. A port may be taken by another between the two steps: it tries again.
        public static void Main()
        {
            for (var attempt = 1; ; attempt++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                listener.Stop();
                var address = new Uri("http://127.0.0.1:" + port + "/zoo");
                var host = new ServiceHost(typeof(ZooService), address);
                host.AddServiceEndpoint(typeof(IZoo), new BasicHttpBinding(), "");
                host.Description.Behaviors.Add(new ServiceMetadataBehavior { HttpGetEnabled = true });
                var films = Films.FilmService.Host(new Uri("http://127.0.0.1:" + port + "/films"));
                try { host.Open(); films.Open(); }
                catch (Exception) { if (attempt == 5) throw; continue; }
                Console.WriteLine(address);
                Console.In.ReadToEnd();
                films.Abort();
                host.Abort();
                return;
            }
        }
    }
}
