/* global Chart */
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";

const HUES = { acquisition: 210, start: 165, growth: 135, separation: 20 };

/** The hue tells the phase, and the later a stage in it the darker it is. */
export function stageColor(phase, place) {
    return `hsl(${HUES[phase]} 50% ${Math.max(72 - 17 * place, 25)}%)`;
}

/** Customers by stage, month by month, as stacked columns; the same is in words around it. */
export class StageChart extends Component {
    static template = "lifecycle_crm.StageChart";
    static props = {
        label: String,
        months: Array,
        series: Array,
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
        const color = getCustomColor(cookie.get("color_scheme"), "#374151", "#E4E4E4");
        return {
            type: "bar",
            data: {
                labels: this.props.months,
                datasets: this.props.series.map(({ name, phase, place, values }) => ({
                    label: name,
                    data: values,
                    backgroundColor: stageColor(phase, place),
                })),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: { legend: { position: "right", labels: { color, boxWidth: 12 } } },
                scales: {
                    x: { stacked: true, ticks: { color }, grid: { display: false } },
                    y: { stacked: true, ticks: { color, maxTicksLimit: 6, precision: 0 }, beginAtZero: true },
                },
            },
        };
    }
}
