using Braid.Gateway.Pachyderm.Files.Hot;
using Braid.Grpc.Framing;
using Braid.Testing;
using Google.Protobuf;
using Xunit.Abstractions;

namespace Braid.Gateway.Pachyderm.Tests.Files.Hot;

/// <summary>The reference is protobuf's own reader, on the whole message.</summary>
public sealed class AddFileSplitterTests(ITestOutputHelper output)
{
    private const int rounds = 2000;

    [Fact]
    public void What_clients_send_is_split()
    {
        var message = Add("/a/ü", "datum", new byte[100_000]);
        Assert.True(TrySplit(message.ToByteArray(), out var again));
        Assert.Equal(message, again);
    }

    [Fact]
    public void A_message_in_any_order_of_fields_is_split_only_to_what_the_whole_would_be()
    {
        var (random, seen) = (NewRandom(), 0);
        for (var round = 0; round < rounds; round++)
        {
            seen += AssertSame(RandomMessage(random)) ? 1 : 0;
        }

        Assert.InRange(seen, rounds / 50, rounds - 1);
    }

    [Fact]
    public void Damaged_messages_are_never_split_to_something_else()
    {
        var random = NewRandom();
        for (var round = 0; round < rounds; round++)
        {
            var bytes = RandomMessage(random);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(Math.Min(bytes.Length, 64))] = (byte)random.Next(256);
            }

            AssertSame(bytes);
        }
    }

    [Fact]
    public void Other_messages_are_read_as_a_whole()
    {
        Assert.False(TrySplit(new Pfs.ModifyFileRequest { DeleteFile = new() { Path = "/a" } }.ToByteArray(), out _));
        Assert.False(
            TrySplit(
                new Pfs.ModifyFileRequest
                {
                    AddFile = new()
                    {
                        Path = "/a",
                        Url = new() { URL = "http://x" },
                    },
                }.ToByteArray(),
                out _
            )
        );
        Assert.False(TrySplit([], out _));
    }

    // Whether it was split.
    private static bool AssertSame(byte[] bytes)
    {
        if (!TrySplit(bytes, out var split))
        {
            return false;
        }

        Assert.Equal(Pfs.ModifyFileRequest.Parser.ParseFrom(bytes), split);
        return true;
    }

    private static bool TrySplit(byte[] bytes, out Pfs.ModifyFileRequest? whole)
    {
        var start = bytes.AsSpan(0, Math.Min(bytes.Length, MessageLimits.LongestHead));
        var isSplit = AddFileSplitter.Instance.TryReadHead(start, bytes.Length, out var headLength, out var head);
        whole = head is null ? null : AddFileSplitter.Instance.WithBytes(head, bytes.AsMemory(headLength));
        return isSplit;
    }

    private static byte[] RandomMessage(Random random)
    {
        var body = new MemoryStream();
        for (var fields = random.Next(1, 5); fields > 0; fields--)
        {
            RandomField(random).WriteTo(body);
        }

        var message = new MemoryStream();
        using (var to = new CodedOutputStream(message, leaveOpen: true))
        {
            to.WriteTag(Pfs.ModifyFileRequest.AddFileFieldNumber, WireFormat.WireType.LengthDelimited);
            to.WriteBytes(ByteString.CopyFrom(body.ToArray()));
        }

        if (random.Next(10) == 0)
        {
            Add("/behind", "", []).WriteTo(message);
        }

        return message.ToArray();
    }

    private static Pfs.AddFile RandomField(Random random) =>
        random.Next(6) switch
        {
            0 => new() { Datum = Text(random) },
            1 => new() { Url = new() { URL = Text(random) } },
            2 or 3 => new() { Path = Text(random) },
            _ => new() { Raw = ByteString.CopyFrom(new byte[random.Next(300)]) },
        };

    private static string Text(Random random) => new('é', random.Next(1, 200));

    private static Pfs.ModifyFileRequest Add(string path, string datum, byte[] bytes) =>
        new()
        {
            AddFile = new()
            {
                Path = path,
                Datum = datum,
                Raw = ByteString.CopyFrom(bytes),
            },
        };

    private Random NewRandom()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}");
        return new(seed);
    }
}
