import { createApp } from "vue";
import Phone from "./Phone.vue";

const settings = Object.fromEntries(new URLSearchParams(location.search));
createApp(Phone, settings).mount(document.body);
