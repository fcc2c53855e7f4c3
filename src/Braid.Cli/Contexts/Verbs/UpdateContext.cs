using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.Contexts.Verbs;

/// <summary>Changes fields of one context; a flag with an empty value removes its field.</summary>
internal static class UpdateContext
{
    private static readonly Flag address = Flags.Value("pachd-address", null, "The server's address.");
    private static readonly Flag forgetsServer = Flags.Switch(
        "remove-cluster-deployment-id",
        null,
        "Forget which server it was: the next command remembers the one that answers."
    );
    private static readonly (Flag Flag, string Field)[] texts =
    [
        (Flags.Value("cluster-name", null, "The Kubernetes cluster's name; pachctl uses it."), "cluster_name"),
        (Flags.Value("auth-info", null, "The Kubernetes credentials' name; pachctl uses it."), "auth_info"),
        (Flags.Value("server-cas", null, "Certificates to trust, as base64 of PEM."), "server_cas"),
        (Flags.Value("namespace", null, "The Kubernetes namespace; pachctl uses it."), "namespace"),
        (Flags.Value("project", null, "The project that names without one belong to."), "project"),
    ];

    public static Command Command { get; } =
        new Command("config update context", "[<context>]", "Change a context, the active one when none is named.")
        {
            Flags = [address, .. texts.Select(text => text.Flag), forgetsServer],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        ConfigFile.Change(
            call.World,
            file => Change(call, call.Argument(0) is { } name ? file.Get(name) : Active(call, file))
        );
        return Task.FromResult(0);
    }

    private static PachContext Active(Invocation call, ConfigFile file)
    {
        if (ContextChoice.Active(file, call.World) is not { Context: { } context, Name: var name })
        {
            throw new Failure(
                "no context is active: set one with braid config set active-context <context>, or make one with braid connect <address>"
            );
        }

        call.Out.WriteLine($"editing the currently active context \"{name}\"");
        return context;
    }

    private static void Change(Invocation call, PachContext context)
    {
        if (call.Text(address) is { } given)
        {
            context.Address = given.Length == 0 ? null : ServerAddress.Qualified(ServerAddress.Parse(given));
        }

        foreach (var (flag, field) in texts)
        {
            if (call.Text(flag) is { } value)
            {
                context.Set(field, value);
            }
        }

        if (call.Has(forgetsServer))
        {
            context.DeploymentId = null;
        }
    }
}
