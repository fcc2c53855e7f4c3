using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.Contexts;

/// <summary>
/// The context that a command works in. A context's token is for the context's server: when the environment names another
/// address, the context of that address is the one, whether it is active or not.
/// </summary>
/// <param name="Name">Its name; what a context of that address would be called when there is none yet.</param>
/// <param name="Context">Null when the file has none.</param>
internal sealed record ContextChoice(string Name, PachContext? Context)
{
    /// <summary>For a server whose address the environment gave.</summary>
    public static ContextChoice For(ConfigFile file, Surroundings world, Uri address)
    {
        if (Named(file, world) is { } named)
        {
            return named;
        }

        var active = file.Find(file.ActiveName);
        if (active is not null && (active.Address is not { } own || IsAt(own, address)))
        {
            return new(file.ActiveName, active);
        }

        var name = file.Names.FirstOrDefault(name => file.Find(name)?.Address is { } own && IsAt(own, address));
        return name is null ? new(address.Authority, null) : new(name, file.Find(name));
    }

    /// <summary>The active one; null when none is.</summary>
    /// <exception cref="Failure">The one that is named does not exist.</exception>
    public static ContextChoice? Active(ConfigFile file, Surroundings world)
    {
        if (Named(file, world) is { } named)
        {
            return named;
        }

        var name = file.ActiveName;
        return name.Length == 0 ? null
            : file.Find(name) is { } context ? new(name, context)
            : throw new Failure(
                $"the active context is \"{name}\", but {file.Path} has no context of that name: set another with "
                    + "braid config set active-context <context>, or make it with braid connect <address> --alias "
                    + name
            );
    }

    /// <summary>Changes the context in the file; makes it when it is not there yet.</summary>
    public void Change(Surroundings world, Uri address, Action<PachContext> change) =>
        ConfigFile.Change(
            world,
            file =>
                change(
                    file.Find(Name) ?? file.Put(Name, new() { ["pachd_address"] = ServerAddress.Qualified(address) })
                )
        );

    private static ContextChoice? Named(ConfigFile file, Surroundings world) =>
        world.Variable("PACH_CONTEXT") is not { Length: > 0 } name ? null
        : file.Find(name) is { } context ? new(name, context)
        : throw new Failure(
            $"PACH_CONTEXT refers to a context (\"{name}\") that does not exist: braid config list context shows those that do"
        );

    private static bool IsAt(string text, Uri address) => ServerAddress.TryParse(text, out var own) && own == address;
}
