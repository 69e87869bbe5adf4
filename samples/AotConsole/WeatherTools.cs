using RouterGen;

/// <summary>A tool that the compiler wrote, which a Native AOT program runs without reflection.</summary>
internal static partial class WeatherTools
{
    /// <summary>Gets the temperatures of the next days in a city.</summary>
    /// <param name="city">The city, in English.</param>
    /// <param name="days">How many days.</param>
    [RouterTool]
    private static Forecast GetForecast(string city, int days = 3) => new(city, [.. Enumerable.Repeat(21, days)]);

    public static async Task TellAsync(ChatGroup group)
    {
        ToolRun run = await group.RunAsync("call GetForecast {\"city\":\"Bern\"}", Tools);
        Console.WriteLine($"{run.Rounds.Count} rounds with a tool: {run.Text}");
    }

    private sealed record Forecast(string City, int[] Temperatures);
}
