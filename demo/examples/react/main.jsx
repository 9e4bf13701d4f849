import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Phone } from "./phone.jsx";

const settings = Object.fromEntries(new URLSearchParams(location.search));
createRoot(document.body).render(
  <StrictMode>
    <Phone {...settings} />
  </StrictMode>
);
