using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>Which of its alternatives a value is.</summary>
internal enum ValueKind
{
    None,
    Number,
    Image,
    Histogram,
    Audio,
    Tensor,
}

/// <summary>The fields of a value of a summary, not yet decoded.</summary>
internal ref struct ValueFields
{
    public ReadOnlySpan<byte> Tag;
    public ReadOnlySpan<byte> Metadata;
    public bool HasMetadata;
    public ValueKind Kind;
    public float Number;

    /// <summary>Of every kind but a number.</summary>
    public ReadOnlySpan<byte> Bytes;

    public static ValueFields Read(ReadOnlySpan<byte> value)
    {
        var fields = new ValueFields();
        var reader = new ProtoReader(value);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    fields.Tag = reader.ReadBytes();
                    break;
                case 2:
                    (fields.Kind, fields.Number) = (ValueKind.Number, reader.ReadSingle());
                    break;
                case 4:
                    fields.Set(ValueKind.Image, reader.ReadBytes());
                    break;
                case 5:
                    fields.Set(ValueKind.Histogram, reader.ReadBytes());
                    break;
                case 6:
                    fields.Set(ValueKind.Audio, reader.ReadBytes());
                    break;
                case 8:
                    fields.Set(ValueKind.Tensor, reader.ReadBytes());
                    break;
                case 9:
                    fields.HasMetadata = true;
                    fields.Metadata = reader.ReadBytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return fields;
    }

    private void Set(ValueKind kind, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        Bytes = bytes;
    }
}
