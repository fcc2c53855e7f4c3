using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>What a value says of its tag, and what its plugin reads only.</summary>
internal ref struct DecodedMetadata
{
    public TagMetadata? Metadata;
    public ReadOnlySpan<byte> Content;
}

/// <summary>Reads <c>SummaryMetadata</c>.</summary>
internal static class MetadataDecoder
{
    /// <param name="otherwise">The plugin where the metadata names none.</param>
    public static DecodedMetadata Decode(ReadOnlySpan<byte> bytes, string otherwise)
    {
        var (plugin, name, description) = ("", "", "");
        ReadOnlySpan<byte> content = default;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    plugin = ReadPlugin(reader.ReadBytes(), out content);
                    break;
                case 2:
                    name = reader.ReadString();
                    break;
                case 3:
                    description = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new() { Metadata = new(plugin.Length == 0 ? otherwise : plugin, name, description), Content = content };
    }

    private static string ReadPlugin(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> content)
    {
        var name = "";
        content = default;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadString();
                    break;
                case 2:
                    content = reader.ReadBytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return name;
    }
}
