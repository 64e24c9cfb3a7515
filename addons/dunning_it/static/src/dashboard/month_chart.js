/* global Chart */
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getColor, getCustomColor, hexToRGBA } from "@web/core/colors/colors";

/** A figure month by month, as a small line; what it says is in words around it. */
export class MonthChart extends Component {
    static template = "dunning_it.MonthChart";
    static props = {
        label: String,
        months: Array,
        values: Array,
        max: { type: Number, optional: true },
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(() => {
            const chart = new Chart(this.canvas.el, this.config);
            return () => chart.destroy();
        });
    }

    get config() {
        const scheme = cookie.get("color_scheme");
        const color = getColor(0, scheme, "odoo");
        const ticks = { color: getCustomColor(scheme, "#374151", "#E4E4E4") };
        return {
            type: "line",
            data: {
                labels: this.props.months,
                datasets: [
                    {
                        label: this.props.label,
                        data: this.props.values,
                        borderColor: color,
                        backgroundColor: hexToRGBA(color, 0.15),
                        borderWidth: 2,
                        fill: "start",
                        spanGaps: true,
                        pointRadius: 3,
                    },
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: { legend: { display: false } },
                scales: {
                    x: { ticks, grid: { display: false } },
                    y: { ticks: { ...ticks, maxTicksLimit: 5 }, beginAtZero: true, max: this.props.max },
                },
            },
        };
    }
}
