using Braid.Cli.CommandLine;

namespace Braid.Cli.Archives;

/// <summary>Turns what a reader of archives says of damaged bytes into a message that names the archive.</summary>
internal static class Damage
{
    public static async ValueTask<T> NamedAsync<T>(string archive, ValueTask<T> step)
    {
        try
        {
            return await step;
        }
        catch (InvalidDataException error)
        {
            throw Named(archive, error);
        }
    }

    public static Failure Named(string archive, InvalidDataException error) =>
        new($"{archive}: no archive, or a damaged one: {error.Message}");
}
