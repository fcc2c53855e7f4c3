using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Braid.Cli.Specs;

/// <summary>
/// The events of a YAML text. The library's scanner throws its assertions, too, on some texts that are no YAML: here they are malformed like
/// any other.
/// </summary>
internal sealed class YamlEvents(string text) : IParser
{
    private readonly Parser parser = new(new StringReader(text));

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception error)
            when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw new YamlException($"no YAML after line {parser.Current?.End.Line ?? 0}", error);
        }
    }
}
