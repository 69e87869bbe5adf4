namespace RouterGen.Gateway.Page.Figures;

/// <summary>The figures of each minute of a day by one property of requests, such as the group. Bounded: names beyond the first 64 of a day count as one. Not thread-safe.</summary>
internal sealed class MinuteSeries
{
    /// <summary>How many minutes are kept.</summary>
    public const int Kept = 24 * 60;

    /// <summary>The name that stands for all beyond <see cref="MostNames"/>.</summary>
    public const string Others = "(others)";

    private const int MostNames = 64;

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private int _minute;

    /// <summary>Adds what happened.</summary>
    /// <param name="minute">The minute, counted from 1970. One that is earlier than the last, because a clock was set, counts as the last.</param>
    /// <param name="name">The value of the property.</param>
    /// <param name="sample">What happened.</param>
    public void Add(int minute, string name, Sample sample)
    {
        MoveTo(minute);
        if (!_lines.TryGetValue(name, out Line? line) && (_lines.Count < MostNames || !_lines.TryGetValue(name = Others, out line))) _lines[name] = line = new Line();
        line.Open.Add(sample);
        line.Last = _minute;
    }

    /// <summary>Returns the figures of each name in a span, in steps: those of most requests first.</summary>
    /// <param name="minute">The last minute of the span.</param>
    /// <param name="steps">How many steps; 1 or more.</param>
    /// <param name="step">How many minutes each step has; 1 or more.</param>
    public IReadOnlyList<(string Name, StepFigures[] Steps)> Read(int minute, int steps, int step)
    {
        MoveTo(minute);
        int first = _minute - (steps * step) + 1;
        return
        [
            .. _lines.Select(line => (Name: line.Key, Steps: StepsOf(line.Value, first, steps, step)))
                .Where(static line => line.Steps.Any(static one => one.Requests > 0 || one.Spend > 0))
                .OrderByDescending(static line => line.Steps.Sum(static one => one.Requests)).ThenBy(static line => line.Name, StringComparer.Ordinal),
        ];
    }

    private StepFigures[] StepsOf(Line line, int first, int steps, int step)
    {
        var all = new StepFigures[steps];
        for (int minute = Math.Max(first, _minute - Kept + 1); minute <= _minute; minute++)
        {
            MinuteFigures? figures = minute == _minute ? line.Open.At(minute) : line.Closed[minute % Kept] is { } closed && closed.Minute == minute ? closed : null;
            if (figures is { } one) all[(minute - first) / step].Add(one);
        }

        return all;
    }

    private void MoveTo(int minute)
    {
        if (minute <= _minute) return;
        List<string>? gone = null;
        foreach ((string name, Line line) in _lines)
        {
            if (line.Open.At(_minute) is { } figures) line.Closed[_minute % Kept] = figures;
            line.Open.Clear();
            if (minute - line.Last >= Kept) (gone ??= []).Add(name);
        }

        foreach (string name in gone ?? []) _lines.Remove(name);
        _minute = minute;
    }

    private sealed class Line
    {
        public readonly OpenMinute Open = new();
        public readonly MinuteFigures[] Closed = new MinuteFigures[Kept];

        /// <summary>Gets or sets the minute in which something happened last.</summary>
        public int Last { get; set; }
    }
}
