using System.Net;
using System.Net.Sockets;
using System.Text;
using Braid.Data.Remote;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Remote;

public sealed class RemoteTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    public void Address_of_the_open_internet_is_told(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.IsOne(IPAddress.Parse(address)));

    [Fact]
    public async Task File_of_a_web_server_is_put_in_one_commit()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        using var web = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

        var put = await AppendAsync(it, new() { AllowsPrivate = true }, web.Url);

        Assert.True(put.IsOk, $"{put.Error}");
        Assert.Equal("hello", await it.ReadAsync("r@master:/x"));
    }

    [Fact]
    public async Task Private_address_is_refused_by_number_and_by_name()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        using var web = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

        var direct = await AppendAsync(it, new(), web.Url);
        var named = await AppendAsync(it, new(), web.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

        Assert.Equal("data.remote-private", direct.Error?.Code);
        Assert.Equal("data.remote-private", named.Error?.Code);
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync("r@master")).Error?.Kind);
    }

    [Fact]
    public async Task What_the_other_side_does_is_told()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        using var gone = new OneAnswer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        using var large = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        using var silent = new OneAnswer("");
        var rules = new RemoteRules { AllowsPrivate = true, MostBytes = 4 };
        var impatient = rules with { LongestSilence = TimeSpan.FromMilliseconds(300) };

        Assert.Equal(ErrorKind.NotFound, (await AppendAsync(it, rules, gone.Url)).Error?.Kind);
        Assert.Equal(ErrorKind.ResourceExhausted, (await AppendAsync(it, rules, large.Url)).Error?.Kind);
        Assert.Equal("data.remote-silent", (await AppendAsync(it, impatient, silent.Url)).Error?.Code);
        Assert.Equal(ErrorKind.Unimplemented, (await AppendAsync(it, rules, "gs://bucket/a")).Error?.Kind);
        Assert.Equal(ErrorKind.InvalidArgument, (await AppendAsync(it, rules, "nonsense")).Error?.Kind);
    }

    [Fact]
    public async Task Exposed_folder_is_read_and_written_and_nothing_outside()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        var exposed = Directory.CreateDirectory(folder.File("exposed")).FullName;
        Directory.CreateDirectory(Path.Combine(exposed, "in", "sub"));
        await File.WriteAllTextAsync(Path.Combine(exposed, "in", "a"), "1");
        await File.WriteAllTextAsync(Path.Combine(exposed, "in", "sub", "b"), "2");
        await File.WriteAllTextAsync(folder.File("secret"), "3");
        File.CreateSymbolicLink(Path.Combine(exposed, "link"), folder.File("secret"));
        var rules = new RemoteRules { Folders = [exposed] };

        var put = await AppendAsync(it, rules, $"file://{exposed}/in", recursive: true);
        var outside = await AppendAsync(it, rules, $"file://{exposed}/../secret");
        var link = await AppendAsync(it, rules, $"file://{exposed}/link");
        var matches = Ok(await it.Data.Files.GlobAsync(User, it.At("r@master:/x/**"), default));
        Ok(await new RemoteFiles(rules).WriteAsync(User, it.Data.Files, matches, $"file://{exposed}/out", default));

        Assert.True(put.IsOk, $"{put.Error}");
        Assert.Equal("2", await it.ReadAsync("r@master:/x/sub/b"));
        Assert.Equal("data.remote-not-exposed", outside.Error?.Code);
        Assert.Equal("data.remote-link", link.Error?.Code);
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(exposed, "out", "x", "a")));
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(exposed, "out", "x", "sub", "b")));
    }

    public void Dispose() => folder.Dispose();

    private static async Task<Result<Unit>> AppendAsync(
        DataFixture it,
        RemoteRules rules,
        string url,
        bool recursive = false
    )
    {
        using var edits = Ok(await it.EditsAsync("r@master"));
        var appended = await new RemoteFiles(rules).AppendAsync(edits, "/x", url, recursive, 0, default);
        return appended.IsOk ? (await edits.ApplyAsync(default)).Select(_ => Unit.Value) : appended;
    }

    /// <summary>A web server that says the same to whoever connects; an empty text: nothing.</summary>
    private sealed class OneAnswer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();

        public OneAnswer(string answer)
        {
            listener.Start();
            _ = ServeAsync(Encoding.ASCII.GetBytes(answer));
        }

        public string Url => $"http://{listener.LocalEndpoint}/file";

        public void Dispose()
        {
            stop.Cancel();
            listener.Dispose();
            stop.Dispose();
        }

        private async Task ServeAsync(byte[] answer)
        {
            var open = new List<TcpClient>();
            try
            {
                while (true)
                {
                    var client = await listener.AcceptTcpClientAsync(stop.Token);
                    open.Add(client);
                    var stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[4096], stop.Token);
                    await stream.WriteAsync(answer, stop.Token);
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
            {
                open.ForEach(client => client.Dispose());
            }
        }
    }
}
