using Google.Protobuf;

namespace Braid.Cli.Output;

/// <summary>A record as lines of <c>Name: value</c>.</summary>
internal sealed class FieldList(TextWriter output)
{
    public void Write(string name, string value) => output.Write($"{name}: {value}\n");

    /// <summary>Nothing when there is no value.</summary>
    public void WriteGiven(string name, string value)
    {
        if (value.Length > 0)
        {
            Write(name, value);
        }
    }

    /// <summary>Part of the record as indented JSON; nothing when it is not there.</summary>
    public void WriteRecord(string name, IMessage? record)
    {
        if (record is not null)
        {
            output.Write($"{name}:\n{RecordFormat.Indented(record)}\n");
        }
    }
}
