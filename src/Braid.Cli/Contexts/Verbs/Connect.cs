using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.Contexts.Verbs;

/// <summary>Makes a context for an address, and makes it the active one.</summary>
internal static class Connect
{
    private static readonly Flag alias = Flags.Value("alias", null, "The context's name; its address when not given.");

    public static Command Command { get; } =
        new Command("connect", "<address>", "Make a context for a server's address, and make it the active one.")
        {
            Flags = [alias],
            RunAsync = RunAsync,
        }.Taking(1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var address = call.Arguments[0];
        var name = call.Text(alias) ?? address;
        ConfigFile.Change(
            call.World,
            file =>
            {
                if (file.Find(name) is null)
                {
                    var qualified = ServerAddress.Qualified(ServerAddress.Parse(address));
                    file.Put(name, new() { ["pachd_address"] = qualified });
                    call.Out.WriteLine($"New context '{name}' created, will connect to Pachyderm at {qualified}");
                }

                file.ActiveName = name;
            }
        );
        call.Out.WriteLine($"Context '{name}' set as active");
        return Task.FromResult(0);
    }
}
