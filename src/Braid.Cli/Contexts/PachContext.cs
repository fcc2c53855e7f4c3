using System.Text.Json.Nodes;

namespace Braid.Cli.Contexts;

/// <summary>One context of the config file: a server, and what is remembered about it. An empty value is none.</summary>
internal sealed class PachContext(JsonObject fields)
{
    /// <summary>Everything the file says, also what only pachctl knows.</summary>
    public JsonObject Fields => fields;

    public string? Address
    {
        get => Text("pachd_address");
        set => Set("pachd_address", value);
    }

    /// <summary>The token that says who calls.</summary>
    public string? Token
    {
        get => Text("session_token");
        set => Set("session_token", value);
    }

    public string? Project
    {
        get => Text("project");
        set => Set("project", value);
    }

    /// <summary>The project that work belongs to, which is a part of the machines.</summary>
    public string? WorkProject
    {
        get => Text("work_project");
        set => Set("work_project", value);
    }

    /// <summary>The transaction that commands are added to.</summary>
    public string? ActiveTransaction
    {
        get => Text("active_transaction");
        set => Set("active_transaction", value);
    }

    /// <summary>The server that answered first; another one at the same address is refused.</summary>
    public string? DeploymentId
    {
        get => Text("cluster_deployment_id");
        set => Set("cluster_deployment_id", value);
    }

    /// <summary>A port of this machine that is forwarded to the server.</summary>
    public int? ForwardedPort =>
        fields["port_forwarders"] is JsonObject ports
        && ports["pachd"] is JsonValue port
        && port.TryGetValue(out int number)
            ? number
            : null;

    public string? Text(string name) =>
        fields[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    /// <summary>Nothing, or an empty text, removes it: a value that is not there is empty for pachctl, too.</summary>
    public void Set(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            fields.Remove(name);
        }
        else
        {
            fields[name] = value;
        }
    }
}
