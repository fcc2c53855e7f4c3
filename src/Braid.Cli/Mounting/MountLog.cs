using System.Globalization;

namespace Braid.Cli.Mounting;

/// <summary>What a mount has to say while it runs: lines with a time.</summary>
internal sealed class MountLog(TextWriter to, TimeProvider clock)
{
    private readonly Lock gate = new();

    public void Write(string line)
    {
        lock (gate)
        {
            to.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} {line}")
            );
            to.Flush();
        }
    }
}
