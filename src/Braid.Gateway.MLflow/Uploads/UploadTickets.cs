using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Uploads;

/// <summary>
/// Seals tickets into texts that nobody else can make, read or change: clients send parts without credentials of their own,
/// as they would to a cloud's store.
/// </summary>
public sealed class UploadTickets(SecretBox secrets, TimeProvider clock)
{
    private readonly SecretBox box = new(secrets.DeriveKey("mlflow multipart uploads"));

    /// <summary>How long the parts of a file may take.</summary>
    internal static TimeSpan Lifetime { get; } = TimeSpan.FromDays(1);

    /// <summary>Begins an upload.</summary>
    internal UploadTicket Issue(IdSource ids, string path, Caller caller) =>
        new(ids.Next().ToString(), path, caller, clock.GetUtcNow() + Lifetime);

    /// <summary>Whether an upload that began or last got a part then can be completed no more.</summary>
    internal bool IsOver(DateTimeOffset then) => then + Lifetime + Lifetime < clock.GetUtcNow();

    internal string Seal(UploadTicket ticket)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("id", ticket.Id);
            json.WriteString("path", ticket.Path);
            json.WriteNumber("expires", ticket.Expires.ToUnixTimeMilliseconds());
            WriteCaller(json, ticket.Caller);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(box.Seal(text.ToArray()));
    }

    /// <summary>Null when it is not this server's, was changed, or has expired.</summary>
    internal UploadTicket? Open(string? text)
    {
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text))
        {
            return null;
        }

        var ticket = Read(Base64Url.DecodeFromChars(text));
        return ticket is not null && ticket.Expires > clock.GetUtcNow() ? ticket : null;
    }

    private UploadTicket? Read(byte[] sealedText)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(box.Open(sealedText)));
            var root = json.RootElement;
            return new(
                Text(root, "id"),
                Text(root, "path"),
                ReadCaller(root),
                DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("expires").GetInt64())
            );
        }
        catch (Exception forged) when (forged is CryptographicException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static void WriteCaller(Utf8JsonWriter json, Caller caller)
    {
        json.WriteString("kind", KindOf(caller));
        json.WriteString("name", caller.Name);
        if (caller is Caller.Job job)
        {
            json.WriteString("run", job.Run.ToString());
            json.WriteString("project", job.Project.ToString());
            json.WriteString("attempt", job.Attempt);
        }
    }

    private static string KindOf(Caller caller) =>
        caller switch
        {
            Caller.Administrator => "administrator",
            Caller.Member => "member",
            Caller.Job => "job",
            _ => throw new InvalidOperationException($"{caller} uploads nothing"),
        };

    /// <summary>A job's caller reaches its run; of repos a ticket says nothing.</summary>
    private static Caller ReadCaller(JsonElement json) =>
        Text(json, "kind") switch
        {
            "administrator" => new Caller.Administrator(Text(json, "name")),
            "member" => new Caller.Member(Text(json, "name")),
            _ => new Caller.Job(
                RunId.Parse(Text(json, "run")),
                ProjectId.Parse(Text(json, "project")),
                Text(json, "attempt"),
                FrozenSet<string>.Empty
            ),
        };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
