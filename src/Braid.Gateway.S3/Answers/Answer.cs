using System.Globalization;
using System.Text;
using System.Xml;
using Braid.Data.History;
using Braid.Storage.Trees;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Answers;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>Who owns everything, as Pachyderm's gateway names it.</summary>
    public const string OwnerId = "00000000000000000000000000000000";

    public const string OwnerName = "pachyderm";

    /// <summary>
    /// The content's hash. The part after the dash tells clients that it is not the MD5 of the bytes, as it does for S3's
    /// own multipart objects.
    /// </summary>
    public static string ETag(TreeEntry entry) => $"\"{entry.ContentHash}-1\"";

    public static DateTimeOffset Modified(Commit commit) => commit.Finished ?? commit.Started;

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static void Empty(HttpContext http, int status) => http.Response.StatusCode = status;

    public static Task ErrorAsync(HttpContext http, S3Error error)
    {
        http.Response.StatusCode = error.Status;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : WriteAsync(
                http,
                xml =>
                {
                    xml.WriteStartElement("Error");
                    xml.WriteElementString("Code", error.Code);
                    xml.WriteElementString("Message", error.Message);
                    xml.WriteElementString("Resource", http.Request.Path);
                    xml.WriteElementString("RequestId", http.TraceIdentifier);
                    xml.WriteEndElement();
                }
            );
    }

    /// <summary>A document of one element of the protocol's namespace.</summary>
    public static Task XmlAsync(HttpContext http, string element, Action<XmlWriter> write) =>
        WriteAsync(
            http,
            xml =>
            {
                xml.WriteStartElement(element, Namespace);
                write(xml);
                xml.WriteEndElement();
            }
        );

    public static void Element(this XmlWriter xml, string name, string value) =>
        xml.WriteElementString(name, Namespace, value);

    public static void Element(this XmlWriter xml, string name, Action<XmlWriter> write)
    {
        xml.WriteStartElement(name, Namespace);
        write(xml);
        xml.WriteEndElement();
    }

    public static void Owner(this XmlWriter xml, string element = "Owner") =>
        xml.Element(
            element,
            owner =>
            {
                owner.Element("ID", OwnerId);
                owner.Element("DisplayName", OwnerName);
            }
        );

    private static async Task WriteAsync(HttpContext http, Action<XmlWriter> write)
    {
        var bytes = new MemoryStream();
        await using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), Async = true }))
        {
            write(xml);
        }

        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), http.RequestAborted);
    }
}
