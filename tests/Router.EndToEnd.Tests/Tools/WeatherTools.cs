namespace RouterGen.EndToEnd.Tests.Tools;

// docs/tools.md shows what follows.
public enum Unit { Celsius, Fahrenheit }

public record Place(string City, string? Country = null);

public record Forecast(Place Place, int[] Temperatures, Unit Unit);

public static partial class WeatherTools
{
    /// <summary>Gets the weather forecast of a place.</summary>
    /// <param name="place">The place, in English.</param>
    /// <param name="days">How many days, 1 to 7.</param>
    /// <param name="unit">The unit of the temperatures.</param>
    [RouterTool]
    public static async Task<Forecast> GetForecastAsync(Place place, int days = 3, Unit unit = Unit.Celsius, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield(); // Where a service is asked.
        return new(place, [.. Enumerable.Repeat(21, days)], unit);
    }
}
