namespace Braid.Gateway.ClearML.Tests.Hosting;

/// <summary>What many tests do first.</summary>
internal static class ApiShortcuts
{
    public static async Task<string> CreateProjectAsync(this ApiClient api, string name) =>
        await api.IdAsync("projects.create", $$"""{"name":"{{name}}"}""");

    public static async Task<string> ProjectIdAsync(this ApiClient api, string name) =>
        (await api.DataAsync("projects.get_all", $$"""{"name":"^{{name}}$"}"""))["projects"]![0]![
            "id"
        ]!.GetValue<string>();

    /// <param name="more">Further fields, each with a comma in front.</param>
    public static async Task<string> CreateTaskAsync(this ApiClient api, string name = "demo", string more = "") =>
        await api.IdAsync("tasks.create", $$"""{"name":"{{name}}","type":"training"{{more}}}""");

    public static async Task<System.Text.Json.Nodes.JsonObject> TaskAsync(this ApiClient api, string id) =>
        (await api.DataAsync("tasks.get_by_id", $$"""{"task":"{{id}}"}"""))["task"]!.AsObject();

    /// <summary>The names that a <c>get_all</c> finds.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(this ApiClient api, string service, string json) =>
        [
            .. (await api.DataAsync($"{service}.get_all", json))[service]!
                .AsArray()
                .Select(item => item!["name"]!.GetValue<string>()),
        ];

    public static async Task<string> IdAsync(this ApiClient api, string endpoint, string json) =>
        (await api.DataAsync(endpoint, json))["id"]!.GetValue<string>();
}
