using Braid.Gateway.Web;
using Braid.Server.Options;

namespace Braid.Server.Doors;

/// <summary>Every door: its name, its limits, and what lies behind it.</summary>
internal static class DoorPlans
{
    private const long smallBody = 1 << 20;

    public static IEnumerable<DoorPlan> For(ServeOptions options, Stores stores, Rooms rooms)
    {
        yield return Plan(
            "web",
            options.Ports.Web,
            app =>
                WebDoor.Map(
                    app,
                    new(
                        stores.Database,
                        stores.Authenticator,
                        rooms.Projects,
                        rooms.Runs,
                        rooms.Series,
                        rooms.Logs,
                        rooms.Inputs,
                        rooms.Models
                    )
                )
        ) with
        {
            LargestBody = smallBody,
        };

        DoorPlan Plan(string name, int port, Action<Microsoft.AspNetCore.Builder.WebApplication> map) =>
            new(name, options.Bind, port, map) { LoopbackNamesOnly = options.IsOpen };
    }
}
