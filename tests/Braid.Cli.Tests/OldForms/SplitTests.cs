using System.Buffers;
using System.Text;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.OldForms.Splitting;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Pfs;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.OldForms;

public sealed class SplitTests : IAsyncLifetime
{
    private const string Dump = "SET x;\nCOPY t (a, b) FROM stdin;\n1\tone\n2\ttwo\n3\tthree\n\\.\n\nALTER TABLE t;\n";

    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(PfsMethods.ModifyFile, new Empty())
            .Answers(
                PfsMethods.ListFile,
                Samples.File("/d/0000000000000009", FileType.File, 1),
                Samples.File("/d/notes", FileType.File, 1)
            );
    }

    public async Task DisposeAsync() => await pachd.DisposeAsync();

    [Theory]
    [InlineData("line", "a\nb\nc", "a\n|b\n|c")]
    [InlineData("csv", "a,b\n\"x\ny\",\"say \"\"hi\"\"\n\"\n", "a,b\n|\"x\ny\",\"say \"\"hi\"\"\n\"\n")]
    [InlineData("json", "{\"a\":\"}\\\"\"}\n[1,\n2] 3 \"x\" null\n", "{\"a\":\"}\\\"\"}|[1,\n2]|3|\"x\"|null")]
    public async Task Records_become_files(string format, string input, string files)
    {
        Assert.Equal(0, await PutAsync(input, $"put-file images master /d -o --split {format}"));
        Assert.Equal(files.Split('|'), Files().Select(file => file.Content));
        Assert.Equal("/d/0000000000000000", Files()[0].Path);
    }

    [Fact]
    public async Task Numbers_go_on_after_those_that_are_there()
    {
        Assert.Equal(0, await PutAsync("a\nb\n", "put file images@master:/d --split line"));
        Assert.Equal(["/d/000000000000000a", "/d/000000000000000b"], Files().Select(file => file.Path));
        Assert.DoesNotContain(pachd.Requests, request => request is ModifyFileRequest { DeleteFile: not null });
    }

    [Fact]
    public async Task Several_records_go_into_one_file_behind_the_header()
    {
        await PutAsync(
            "h\n1\n2\n3\n",
            "put-file images master /d -o --split csv --header-records 1 --target-file-datums 2"
        );
        Assert.Equal(["h\n1\n2\n", "h\n3\n"], Files().Select(file => file.Content));
    }

    [Fact]
    public async Task A_file_is_full_when_a_record_reaches_its_bytes()
    {
        await PutAsync(
            "{\"a\":1}{\"b\":2}{\"c\":3}",
            "put-file images master /d -o --split json --target-file-bytes 8"
        );
        Assert.Equal(["{\"a\":1}\n{\"b\":2}", "{\"c\":3}"], Files().Select(file => file.Content));
    }

    [Fact]
    public async Task Every_part_of_a_dump_can_be_loaded_by_itself()
    {
        await PutAsync(Dump, "put-file images master /d -o --split sql --target-file-datums 2");
        const string Header = "SET x;\nCOPY t (a, b) FROM stdin;\n";
        const string Footer = "\\.\n\nALTER TABLE t;\n";
        Assert.Equal(
            [$"{Header}1\tone\n2\ttwo\n{Footer}", $"{Header}3\tthree\n{Footer}"],
            Files().Select(file => file.Content)
        );
    }

    [Fact]
    public async Task What_is_no_dump_is_refused()
    {
        var cli = new CliRun { Input = "select 1;\n"u8.ToArray() }.With("PACHD_ADDRESS", pachd.Address);
        Assert.Equal(1, await cli.RunAsync("put-file", "images", "master", "/d", "-o", "--split", "sql"));
        Assert.StartsWith("this is no dump of a table", cli.Error);
    }

    [Fact]
    public async Task Another_format_is_refused()
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("put-file", "images", "master", "/d", "--split", "xml"));
        Assert.Equal("unrecognized delimiter 'xml'; only accepts one of {json,line,sql,csv}\n", cli.Error);
    }

    /// <summary>However the bytes arrive, the records are those of the whole.</summary>
    [Fact]
    public async Task Records_do_not_depend_on_how_the_bytes_come()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var letters = Enumerable.Range(0, random.Next(60)).Select(_ => "ab\"\\{}[] \n,1"[random.Next(12)]);
            var text = string.Concat(letters);
            foreach (var scanner in new Func<IRecordScanner>[] { () => new CsvScanner(), () => new JsonScanner() })
            {
                var whole = await ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), scanner());
                var pieces = await ReadAsync(new Trickle(Encoding.ASCII.GetBytes(text)), scanner());
                Assert.True(whole.SequenceEqual(pieces), $"seed {seed}: {text}");
            }
        }
    }

    private static async Task<List<string>> ReadAsync(Stream stream, IRecordScanner scanner)
    {
        var records = new List<string>();
        await foreach (var record in RecordReader.ReadAsync(stream, scanner, CancellationToken.None))
        {
            records.Add(Encoding.ASCII.GetString(record.ToArray()));
        }

        return records;
    }

    private Task<int> PutAsync(string input, string words) =>
        new CliRun { Input = Encoding.UTF8.GetBytes(input) }
            .With("PACHD_ADDRESS", pachd.Address)
            .RunAsync(words.Split(' '));

    private List<(string Path, string Content)> Files() =>
        [
            .. pachd
                .Requests.OfType<ModifyFileRequest>()
                .Where(request => request.AddFile is not null)
                .Select(request => (request.AddFile.Path, request.AddFile.Raw.ToStringUtf8())),
        ];

    /// <summary>One byte at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
