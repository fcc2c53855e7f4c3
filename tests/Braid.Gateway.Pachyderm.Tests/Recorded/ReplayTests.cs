using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Hosting.Health;
using Google.Protobuf.Reflection;

namespace Braid.Gateway.Pachyderm.Tests.Recorded;

/// <summary>
/// Sends what stock clients once sent, byte for byte but for ids, and expects the answers that they then understood, but for
/// ids, times and the way a stream of bytes is cut.
/// </summary>
public sealed class ReplayTests : DoorTests
{
    private readonly HttpClient http = new();
    private readonly Identities identities = new();

    public static TheoryData<string> Sessions =>
        [.. Directory.GetFiles(Folder, "*.jsonl").Select(file => Path.GetFileName(file))];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Recorded");

    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task Recorded_session_is_answered_as_it_was(string session)
    {
        await Server.RunJobsAsync();
        foreach (var call in await Recording.ReadAsync(Path.Combine(Folder, session)))
        {
            var answer = await SendAsync(call);
            var recorded = Describe(call);

            Assert.Equal(identities.Translate(recorded, Describe(answer)), Describe(answer));
        }
    }

    private async Task<RecordedCall> SendAsync(RecordedCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Address, call.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(identities.ForNow(call.Request)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (call.Transaction is { } transaction)
        {
            request.Headers.Add("pach-transaction", identities.ForNow(transaction));
        }

        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return call with
        {
            Response = body,
            Status = int.Parse(Ending(response, "grpc-status"), System.Globalization.CultureInfo.InvariantCulture),
            Message = Ending(response, "grpc-message"),
        };
    }

    private static string Ending(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var header) ? header.Single()
        : response.TrailingHeaders.TryGetValues(name, out var trailer) ? trailer.Single()
        : "";

    private static string Describe(RecordedCall call) =>
        $"{call.Path} {call.Status} {call.Message}\n{AnswerText.Of(call.Path, OutputOf(call.Path), Frames(call.Response))}";

    private static MessageDescriptor OutputOf(string path)
    {
        var parts = path.Split('/');
        var services = Protocol.Files.Append(HealthReflection.Descriptor).SelectMany(file => file.Services);
        var service = services.SingleOrDefault(one => one.FullName == parts[1]);

        // Services that are known by name only answer nothing but statuses.
        return service?.FindMethodByName(parts[2]).OutputType ?? Empty.Descriptor;
    }

    private static IEnumerable<byte[]> Frames(byte[] body)
    {
        for (var at = 0; at < body.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 1));
            yield return body.AsSpan(at + 5, length).ToArray();
            at += 5 + length;
        }
    }
}
