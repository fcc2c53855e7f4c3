using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Server.Tests.Doors;

/// <summary>Every door that takes paths refuses those that lead elsewhere, and messages that are too large; it says why, and changes nothing.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private const string repo = "r";

    private static readonly string[] doors = ["pachyderm", "s3", "files", "mlflow"];

    private static readonly string[] paths =
    [
        "../up",
        "a/../b",
        "a/./b",
        "a//b",
        "a/\u0001b",
        string.Join('/', Enumerable.Repeat(new string('x', 99), 60)),
    ];

    private RunningServer server = null!; // started before each test

    public static TheoryData<string, string> EveryPathAtEveryDoor
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (door, path) in doors.SelectMany(door => paths.Select(path => (door, path))))
            {
                all.Add(door, path);
            }

            return all;
        }
    }

    public async Task InitializeAsync()
    {
        server = await RunningServer.StartAsync(auth: false);
        using var channel = Channel();
        await channel.UnaryAsync(
            Method<CreateRepoRequest>("CreateRepo", CallKind.Unary),
            new() { Repo = Repo() },
            CallOptions.None,
            default
        );
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory, MemberData(nameof(EveryPathAtEveryDoor))]
    public async Task A_path_that_leads_elsewhere_is_refused(string door, string path)
    {
        var good = await WriteAsync(door, "good/file");
        Assert.True(good.Ok, good.Why);
        var before = await StoredAsync();

        var hostile = await WriteAsync(door, path);

        Assert.False(hostile.Ok);
        Assert.NotEmpty(hostile.Why);
        Assert.Equal(before, await StoredAsync());
    }

    [Theory]
    [InlineData("s3", "/master.r?delete", "<Delete><Object><Key>good/file</Key></Object><!--", 4 << 20, "--></Delete>")]
    [InlineData("files", "/delete_many", "{\"files\": [\"good/file\"], \"more\": \"", 32 << 20, "\"}")]
    [InlineData("mlflow", "/api/2.0/mlflow/experiments/create", "{\"name\": \"", 64 << 20, "\"}")]
    public async Task A_message_that_is_too_large_is_refused(
        string door,
        string path,
        string head,
        int length,
        string tail
    )
    {
        Assert.True((await WriteAsync(door, "good/file")).Ok);
        var before = await StoredAsync();
        using var body = new StringContent($"{head}{new string('x', length)}{tail}", Encoding.UTF8, "application/json");

        var answer = await SendAsync(door, HttpMethod.Post, path, body);

        Assert.False(answer.Ok);
        Assert.NotEmpty(answer.Why);
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task A_grpc_message_is_refused_by_what_it_says_of_its_length()
    {
        var prefix = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), (20 << 20) + 1);
        using var body = new ByteArrayContent(prefix);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Pachyderm, "/pfs_v2.API/ModifyFile"))
        {
            Version = new(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };

        using var answer = await server.Http.SendAsync(request);

        await answer.Content.ReadAsByteArrayAsync();
        var headers = answer.TrailingHeaders.Concat(answer.Headers).ToDictionary(h => h.Key, h => h.Value.Single());
        Assert.Equal(((int)GrpcCode.ResourceExhausted).ToString(CultureInfo.InvariantCulture), headers["grpc-status"]);
        Assert.Contains("smaller parts", headers["grpc-message"]);
    }

    private Task<Answer> WriteAsync(string door, string path) =>
        door switch
        {
            "pachyderm" => ModifyAsync(path),
            "s3" => PutAsync(door, $"/master.{repo}/", Escaped(path)),
            "mlflow" => PutAsync(door, "/api/2.0/mlflow-artifacts/artifacts/", Twice(Escaped(path))),
            _ => UploadAsync(path),
        };

    private async Task<Answer> ModifyAsync(string path)
    {
        using var channel = Channel();
        ModifyFileRequest[] requests =
        [
            new()
            {
                SetCommit = new()
                {
                    Repo = Repo(),
                    Branch = new() { Repo = Repo(), Name = "master" },
                },
            },
            new()
            {
                AddFile = new() { Path = path, Raw = ByteString.CopyFromUtf8("x") },
            },
        ];
        try
        {
            var method = Method<ModifyFileRequest>("ModifyFile", CallKind.ClientStreaming);
            await channel.ClientStreamAsync(method, requests.ToAsyncEnumerable(), CallOptions.None, default);
            return new(true, "");
        }
        catch (GrpcException refused)
        {
            Assert.Equal(GrpcCode.InvalidArgument, refused.Status.Code);
            return new(false, refused.Status.Message);
        }
    }

    private async Task<Answer> PutAsync(string door, string root, string path)
    {
        using var body = new StringContent("x");
        return await SendAsync(door, HttpMethod.Put, root + path, body);
    }

    private async Task<Answer> UploadAsync(string path)
    {
        // Quoted and as it is, which MultipartFormDataContent would not do.
        var form = $"--cut\r\nContent-Disposition: form-data; name=\"{path}\"; filename=\"f\"\r\n\r\nx\r\n--cut--\r\n";
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=cut");
        return await SendAsync("files", HttpMethod.Post, "/", body);
    }

    private async Task<Answer> SendAsync(string door, HttpMethod method, string target, HttpContent body)
    {
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(method, new Uri(server.Url(door) + target, asItIs))
        {
            Content = body,
        };
        using var answer = await server.Http.SendAsync(request);
        var status = (int)answer.StatusCode;
        Assert.InRange(status, 200, 499);
        return new(status < 400, await answer.Content.ReadAsStringAsync());
    }

    private Task<long> StoredAsync() =>
        server.CountAsync(
            "SELECT (SELECT count(*) FROM data_commit) + (SELECT count(*) FROM artifact) + (SELECT count(*) FROM project)"
        );

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    // Dots that stand for themselves are taken out on the way, before any server sees them.
    private static string Twice(string path) =>
        path.Contains("/.", StringComparison.Ordinal) || path.StartsWith('.')
            ? path.Replace(".", "%252e", StringComparison.Ordinal)
            : path;

    private static Repo Repo() => new() { Name = repo, Type = "user" };

    private static GrpcMethod<T, Empty> Method<T>(string name, CallKind kind)
        where T : class, IMessage<T>, new() => new("pfs_v2.API", name, kind, new(() => new T()), Empty.Parser);

    private GrpcChannel Channel() => new(Pachyderm);

    private Uri Pachyderm => new(server.Url("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));

    private sealed record Answer(bool Ok, string Why);
}
