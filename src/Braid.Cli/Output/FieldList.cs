using Google.Protobuf;

namespace Braid.Cli.Output;

/// <summary>A record as lines of <c>Name: value</c>.</summary>
internal sealed class FieldList(TextWriter output)
{
    public void Write(string name, string value) => output.Write($"{name}: {value}\n");

    /// <summary>The name alone; what belongs to it follows.</summary>
    public void WriteHead(string name) => output.Write($"{name}:\n");

    /// <summary>A text of its own lines below its name; nothing when there is none.</summary>
    public void WriteText(string name, string text)
    {
        if (text.Length > 0)
        {
            output.Write($"{name}:\n{text}");
        }
    }

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
