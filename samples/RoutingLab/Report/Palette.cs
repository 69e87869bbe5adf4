namespace RoutingLab;

/// <summary>The colours of the plots, in light and dark.</summary>
internal static class Palette
{
    // Adaptive stands out.
    private static readonly string[] Light = ["#d0103a", "#1f6fb2", "#2a9d8f", "#5e60ce", "#3c8d40", "#00a6c8", "#8d6e63", "#9e9e9e", "#e08e0b", "#c2a500", "#b5179e", "#6d6875", "#a0522d", "#3b5b92"];
    private static readonly string[] Dark = ["#ff5c7c", "#6cb4ee", "#5fd3c4", "#a5a6ff", "#7fd083", "#5fdcf5", "#c5a89c", "#bdbdbd", "#ffc15e", "#e8d44d", "#f07be0", "#b8b2c0", "#e39a6f", "#8fb0e8"];

    /// <summary>What both a page and a plot of its own need.</summary>
    public static string Css { get; } = $$"""
        svg{font:11px system-ui,sans-serif;max-width:100%;height:auto;--ink:#222;--faint:#ddd}
        svg text{fill:var(--ink)}svg .axis{stroke:var(--faint)}svg polyline{fill:none;stroke-width:1.8;stroke-linejoin:round}svg .reference{fill:none;stroke:var(--ink);stroke-width:1.2;opacity:.4}svg .title{font-size:13px;font-weight:600}
        {{Rules(Light)}}
        @media(prefers-color-scheme:dark){svg{--ink:#ddd;--faint:#444}{{Rules(Dark)}}}
        """;

    private static string Rules(string[] colours) =>
        string.Concat(colours.Select(static (colour, index) => $".s{index}{{stroke:{colour}}}.f{index}{{fill:{colour};background:{colour}}}"));
}
