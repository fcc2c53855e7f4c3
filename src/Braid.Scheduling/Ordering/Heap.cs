namespace Braid.Scheduling.Ordering;

/// <summary>A binary heap; the first by the comparison is on top.</summary>
internal sealed class Heap<T>(Comparison<T> compare)
{
    private readonly List<T> items = [];

    public int Count => items.Count;

    public T Top => items[0];

    public void Push(T item)
    {
        items.Add(item);
        var place = items.Count - 1;
        while (place > 0 && compare(item, items[(place - 1) / 2]) < 0)
        {
            items[place] = items[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        items[place] = item;
    }

    public T Pop()
    {
        var top = items[0];
        var last = items[^1];
        items.RemoveAt(items.Count - 1);
        if (items.Count > 0)
        {
            items[0] = last;
            Down(0);
        }

        return top;
    }

    /// <summary>Puts all in order, whatever changed.</summary>
    public void Rebuild()
    {
        for (var place = (items.Count / 2) - 1; place >= 0; place--)
        {
            Down(place);
        }
    }

    private void Down(int place)
    {
        var item = items[place];
        while (true)
        {
            var child = (place * 2) + 1;
            if (child >= items.Count)
            {
                break;
            }

            child += child + 1 < items.Count && compare(items[child + 1], items[child]) < 0 ? 1 : 0;
            if (compare(items[child], item) >= 0)
            {
                break;
            }

            items[place] = items[child];
            place = child;
        }

        items[place] = item;
    }
}
