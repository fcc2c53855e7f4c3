using Braid.Gateway.ClearML.Routing;
using Braid.Tracking.Queues;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Queues;

internal static class QueueEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("queues.get_by_id", "2.4 2.20", GetQueue.ByIdAsync),
        Works("queues.get_all_ex", "2.4 2.15 2.20 2.21 2.27", ListQueues.WithNamesAsync),
        Works("queues.get_all", "2.4 2.15 2.20 2.21", ListQueues.HandleAsync),
        Works("queues.get_default", "2.4", GetQueue.DefaultAsync),
        Works("queues.create", "2.4 2.13 2.31", EditQueue.CreateAsync),
        Works("queues.update", "2.4 2.13 2.31", EditQueue.UpdateAsync),
        Works("queues.delete", "2.4", EditQueue.DeleteAsync),
        Works("queues.add_task", "2.4 2.31", QueueLine.AddAsync),
        Works("queues.get_next_task", "2.4 2.14 2.21", QueueLine.NextAsync),
        Works("queues.remove_task", "2.4 2.31", QueueLine.RemoveAsync),
        Works("queues.clear_queue", "2.31", QueueLine.ClearAsync),
        Works("queues.move_task_forward", "2.4", QueueLine.Move(QueueMove.Forward)),
        Works("queues.move_task_backward", "2.4", QueueLine.Move(QueueMove.Backward)),
        Works("queues.move_task_to_front", "2.4", QueueLine.Move(QueueMove.ToFront)),
        Works("queues.move_task_to_back", "2.4", QueueLine.Move(QueueMove.ToBack)),
        Works("queues.get_queue_metrics", "2.4 2.20", QueueCharts.HandleAsync),
        Works("queues.add_or_update_metadata", "2.13", EditQueue.SetMetadataAsync),
        Works("queues.delete_metadata", "2.13", EditQueue.DeleteMetadataAsync),
        Works("queues.peek_task", "2.15", QueueLine.PeekAsync),
        Works("queues.get_num_entries", "2.15", QueueLine.CountAsync),
    ];
}
