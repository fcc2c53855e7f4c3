using System.Buffers.Text;
using System.Text;

namespace Braid.Cli.Archives;

/// <summary>What the blocks before a member say about it: a name or size that its own header has no room for.</summary>
internal readonly record struct TarNames(string? Name, long? Size, bool IsSparse)
{
    public TarNames With(TarHeader block, ReadOnlySpan<byte> content) =>
        block.Type switch
        {
            'L' => this with { Name = Encoding.UTF8.GetString(content.TrimEnd((byte)0)) },
            'x' => WithRecords(content),
            _ => this,
        };

    public TarMember Apply(TarHeader header) =>
        new(Name ?? header.Name, IsSparse ? MemberKind.Special : header.Kind, SizeOf(header));

    // Of what is no file, only the kinds that have content have a size.
    private long SizeOf(TarHeader header) =>
        header.Kind is MemberKind.Link or MemberKind.Directory ? 0 : Size ?? header.Size;

    /// <summary>Records of <c>LENGTH KEY=VALUE\n</c>.</summary>
    private TarNames WithRecords(ReadOnlySpan<byte> rest)
    {
        var named = this;
        while (!rest.IsEmpty)
        {
            var space = rest.IndexOf((byte)' ');
            if (
                space <= 0
                || !Utf8Parser.TryParse(rest[..space], out int length, out var digits)
                || digits != space
                || length <= space + 1
                || length > rest.Length
            )
            {
                throw Bad();
            }

            named = named.WithRecord(rest[(space + 1)..length].TrimEnd((byte)'\n'));
            rest = rest[length..];
        }

        return named;
    }

    private TarNames WithRecord(ReadOnlySpan<byte> record)
    {
        var equals = record.IndexOf((byte)'=');
        if (equals < 0)
        {
            throw Bad();
        }

        var key = record[..equals];
        var value = Encoding.UTF8.GetString(record[(equals + 1)..]);
        return key.SequenceEqual("path"u8) ? this with { Name = value }
            : key.SequenceEqual("size"u8)
                ? this with
                {
                    Size = long.TryParse(value, out var n) && n >= 0 ? n : throw Bad(),
                }
            : key.StartsWith("GNU.sparse."u8) ? this with { IsSparse = true }
            : this;
    }

    private static InvalidDataException Bad() => new("an extended header cannot be read");
}
