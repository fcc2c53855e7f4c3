using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Queues;

internal static class QueueEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        NotYet("queues.get_by_id", "2.4 2.20"),
        NotYet("queues.get_all_ex", "2.4 2.15 2.20 2.21 2.27"),
        Partly("queues.get_all", "2.4 2.15 2.20 2.21", ListQueues.HandleAsync),
        Partly("queues.get_default", "2.4", GetDefaultQueue.HandleAsync),
        NotYet("queues.create", "2.4 2.13 2.31"),
        NotYet("queues.update", "2.4 2.13 2.31"),
        NotYet("queues.delete", "2.4"),
        NotYet("queues.add_task", "2.4 2.31"),
        NotYet("queues.get_next_task", "2.4 2.14 2.21"),
        NotYet("queues.remove_task", "2.4 2.31"),
        NotYet("queues.clear_queue", "2.31"),
        NotYet("queues.move_task_forward", "2.4"),
        NotYet("queues.move_task_backward", "2.4"),
        NotYet("queues.move_task_to_front", "2.4"),
        NotYet("queues.move_task_to_back", "2.4"),
        NotYet("queues.get_queue_metrics", "2.4 2.20"),
        NotYet("queues.add_or_update_metadata", "2.13"),
        NotYet("queues.delete_metadata", "2.13"),
        NotYet("queues.peek_task", "2.15"),
        NotYet("queues.get_num_entries", "2.15"),
    ];
}
