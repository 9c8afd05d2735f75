// A service of WCF whose binaries travel by MTOM.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.ServiceModel;
using System.ServiceModel.Description;

namespace Films
{
    [DataContract(Namespace = "urn:example:films")]
    public class Film
    {
        [DataMember] public string Name { get; set; }
        [DataMember] public byte[] Content { get; set; }
        [DataMember] public List<byte[]> Pictures { get; set; }
    }

    [ServiceContract(Namespace = "urn:example:films")]
    public interface IFilms
    {
        [OperationContract] Film Echo(Film film);
        [OperationContract] string Describe(Film film);
    }

    [ServiceBehavior(Namespace = "urn:example:films", IncludeExceptionDetailInFaults = true)]
    public class FilmService : IFilms
    {
        public Film Echo(Film film) { return film; }

        public string Describe(Film film)
        {
            return film.Name + ": " + Words(film.Content) + ", [" + string.Join(", ", film.Pictures.Select(Words)) + "]";
        }

        // The size and the digest.
        private static string Words(byte[] octets)
        {
            if (octets == null) return "null";
            using (var digest = SHA256.Create())
                return octets.Length + " " + BitConverter.ToString(digest.ComputeHash(octets)).Replace("-", "").ToLower();
        }

        public static ServiceHost Host(Uri address)
        {
            var host = new ServiceHost(typeof(FilmService), address);
            var binding = new BasicHttpBinding { MessageEncoding = WSMessageEncoding.Mtom };
            host.AddServiceEndpoint(typeof(IFilms), binding, "");
            host.Description.Behaviors.Add(new ServiceMetadataBehavior { HttpGetEnabled = true });
            return host;
        }
    }
}
