using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>
/// The values of a summary. What a value means is what its tag's first metadata said; of values in the fields of TensorFlow 1
/// the field says it.
/// </summary>
internal readonly ref struct SummaryDecoder(double wallTime, long step, TagTable tags, EventBatch to)
{
    public void Decode(ReadOnlySpan<byte> summary)
    {
        var reader = new ProtoReader(summary);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                DecodeValue(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void DecodeValue(ReadOnlySpan<byte> value)
    {
        var fields = ValueFields.Read(value);
        var tag = tags.Intern(fields.Tag);
        var own = fields.HasMetadata ? MetadataDecoder.Decode(fields.Metadata, PluginOf(fields.Kind)) : default;
        if (own.Metadata is { } metadata)
        {
            tags.Describe(tag, metadata);
        }

        switch (fields.Kind)
        {
            case ValueKind.Number:
                to.Scalars.Add(tag, step, wallTime, fields.Number);
                break;
            case ValueKind.Image:
                to.Add(LegacyDecoder.Image(wallTime, step, tags[tag], fields.Bytes));
                break;
            case ValueKind.Histogram:
                to.Add(LegacyDecoder.Histogram(wallTime, step, tags[tag], fields.Bytes));
                break;
            case ValueKind.Audio:
                to.Add(LegacyDecoder.Audio(wallTime, step, tags[tag], fields.Bytes));
                break;
            default:
                DecodePlugin(tag, fields, own.Content);
                break;
        }
    }

    private void DecodePlugin(int tag, ValueFields fields, ReadOnlySpan<byte> content)
    {
        var plugin = tags.MetadataOf(tag)?.Plugin ?? "";
        if (plugin == TagMetadata.Hparams)
        {
            AddHparams(HparamsDecoder.Decode(wallTime, step, tags[tag], content));
        }
        else if (fields.Kind == ValueKind.Tensor)
        {
            AddTensor(tag, plugin, TensorDecoder.Decode(fields.Bytes));
        }
    }

    private void AddHparams(LoggedEvent? hparams)
    {
        if (hparams is not null)
        {
            to.Add(hparams);
        }
    }

    private void AddTensor(int tag, string plugin, Tensor tensor)
    {
        if (plugin is TagMetadata.Scalars or "" && tensor is { Shape.Count: 0, Numbers.Count: 1 })
        {
            to.Scalars.Add(tag, step, wallTime, tensor.Numbers[0]);
        }
        else
        {
            to.Add(PluginDecoder.Decode(wallTime, step, tags[tag], plugin, tensor));
        }
    }

    private static string PluginOf(ValueKind kind) =>
        kind switch
        {
            ValueKind.Number => TagMetadata.Scalars,
            ValueKind.Image => TagMetadata.Images,
            ValueKind.Histogram => TagMetadata.Histograms,
            ValueKind.Audio => TagMetadata.Audio,
            _ => "",
        };
}
