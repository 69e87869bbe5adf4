using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RouterGen.Analyzers;

/// <summary>
/// The day with which dates of the catalog are compared: the MSBuild property RouterGenAsOf, which is the day of the build
/// unless the project fixes it. An analyzer reads no clock, so that the same input gives the same output.
/// </summary>
internal static class BuildDay
{
    private const string Property = "build_property.RouterGenAsOf";

    /// <summary>The day as <c>yyyy-MM-dd</c>; null where none is stated, or no day.</summary>
    public static string? Of(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(Property, out string? stated)
        && DateTime.TryParseExact(stated.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? stated.Trim()
            : null;
}
